"""The models that check what comes in, say what goes out, and become the specification."""
