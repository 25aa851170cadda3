"""What every verb shares: its card, the step it is taken in, its fields, its rehearsal."""
