"""The doors of the assistant: conversations, and the web, voice and desk channels that lead into them."""
