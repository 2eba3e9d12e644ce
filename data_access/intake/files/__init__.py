"""What was read: a file as sheets with a header and rows, whatever its format."""
