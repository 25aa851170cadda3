"""Terms: the pure calculator, the fold of the journal, its stored rows."""
