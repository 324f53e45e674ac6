"""Whole telephone calls, written to be read, through a telephone company that behaves as Twilio does."""
