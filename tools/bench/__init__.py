"""`make bench`: ours, Rasa's default pipeline and nlp.js trained and scored in one run on the same rows."""
