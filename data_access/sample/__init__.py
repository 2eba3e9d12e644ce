"""Invented data (DATA CONTOH): what they are, how they come and how they go."""
