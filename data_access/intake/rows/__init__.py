"""What a row says: the values of its cells put together, checked, or told what is wrong."""
