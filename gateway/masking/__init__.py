"""Finds what is personal in a text and hides it: numbers of cards, accounts and people, addresses.

Pure: a text goes in, spans come out. The bot hides long numbers from its own logs by code of its own
(`bot/entities/mask.py`): it runs elsewhere, may not import the gateway, and asks less (no classes, no spans).
"""
