"""How long turns take, layer by layer."""
