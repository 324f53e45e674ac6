"""How well we do: counted from the ledger alone, by definitions that stand in one place."""
