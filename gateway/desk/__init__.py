"""The desk: where representatives take over conversations, and all that they may do there."""
