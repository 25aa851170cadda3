"""What the statute says, as data: rule sets, acts and calendars. Pure Python, no Django."""
