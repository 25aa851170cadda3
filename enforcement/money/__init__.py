"""Money that comes in, money above a claim, what months owe, what the acts cost."""
