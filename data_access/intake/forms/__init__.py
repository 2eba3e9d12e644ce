"""What a table is: one description each, and which column of a sheet is which of its fields."""
