"""Addresses as customers write them, in parts spelled as they did."""
