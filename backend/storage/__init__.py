"""Where records are kept: SQLite on one machine, PostgreSQL beyond; the only part that knows SQL."""
