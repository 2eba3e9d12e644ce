"""Scripts of the project: makers of its data and pictures, and measurements."""
