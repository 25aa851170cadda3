"""From which state which step is possible: one machine a noun, transitions with empty bodies."""

from enforcement.lifecycle.intake import PresentationLifecycle

#: Every machine by the name the journal and the database guard know it under.
MACHINES = {"presentation": PresentationLifecycle}
