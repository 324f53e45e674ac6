"""A conversation on paper: as data, text, accessible PDF, or by e-mail; masked, without the desk's notes."""
