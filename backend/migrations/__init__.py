"""The database's history, one step a file; each can be walked up, down and up again on both databases."""
