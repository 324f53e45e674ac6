"""The steps that bring a database to the shape the gateway expects."""
