"""How well what is said sign by sign is understood, when one word of it is misheard."""
