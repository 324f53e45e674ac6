"""What the house does by itself: scheduled changes on their day, e-mails, lapses, suspensions, tidying."""
