"""Conversations: what was said, by whom, in which order, and the one way to add to it."""
