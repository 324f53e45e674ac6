"""Tells a company's own systems what happened: signed, once in effect, again and again until they take it."""
