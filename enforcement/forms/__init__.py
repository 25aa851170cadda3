"""Forms of the steps: what a reader types, turned into the arguments of a verb."""
