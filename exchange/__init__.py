"""Everything that leaves the office: written with the step that sends it, drained by beat."""
