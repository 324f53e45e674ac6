"""Commands for the people who build the assistant: they measure it; nothing in production imports them."""
