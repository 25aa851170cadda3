"""The prosecutor's supervision: demands, protests, files taken for checking."""
