"""The one-machine stack: PostgreSQL and Valkey from wheels, and what runs beside them.

Standard library only. For demos and tests; a real office runs the official images.
"""


class CannotRun(Exception):
    """Something a person must settle first; the message tells them what, in one or two lines."""
