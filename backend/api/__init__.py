"""The door: HTTP under /v1, checked by models from which the specification is made."""
