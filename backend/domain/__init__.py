"""The rules of the house in plain Python: no database, no network, nothing imported from above."""
