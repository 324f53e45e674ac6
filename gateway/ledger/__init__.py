"""What happened, one row a fact, written in the transaction of the fact itself and never changed."""
