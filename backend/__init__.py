"""The system of record: what a customer may do with an account, done once, kept, and confirmed in writing."""
