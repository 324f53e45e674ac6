"""The doors to what is kept: transcripts, hidden values, figures, missed questions, webhooks."""
