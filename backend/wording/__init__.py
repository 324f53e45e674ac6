"""The customer's language: texts as French/English pairs, amounts and dates as people write them here."""
