"""All these doors, for the application."""

from gateway.records import figures, questions, reveal, transcripts, webhooks

MODULES = (transcripts, reveal, figures, questions, webhooks)
