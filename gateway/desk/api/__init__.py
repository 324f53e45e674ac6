"""The desk's doors: HTTP and WebSocket."""
