"""The web's doors: the chat API, the live connection and the help pages."""
