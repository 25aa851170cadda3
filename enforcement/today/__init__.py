"""What a day holds: duties, what waits on others, what is silent; everybody's first page."""
