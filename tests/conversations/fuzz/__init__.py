"""A customer who does anything at all, and what must hold whatever they do."""
