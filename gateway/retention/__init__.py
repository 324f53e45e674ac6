"""How long things are kept, how somebody's are erased, and the proof that they were."""
