"""What was not understood, what it turned out to mean, and what people propose to make of it."""
