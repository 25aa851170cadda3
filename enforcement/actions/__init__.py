"""What the steps do: one verb, one function, one transaction."""
