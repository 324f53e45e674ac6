"""One module for each topic: from a checked call to a service function, and back to a model."""
