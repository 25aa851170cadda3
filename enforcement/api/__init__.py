"""The REST API, by audience."""
