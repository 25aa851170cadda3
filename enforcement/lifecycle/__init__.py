"""From which state which step is possible: one machine a noun, transitions with empty bodies."""
