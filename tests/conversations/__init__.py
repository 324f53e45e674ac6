"""Whole conversations, written to be read: French and English twins, through the real product."""
