"""One function for each write, each one transaction; what it needs of the world is named in ports.py."""
