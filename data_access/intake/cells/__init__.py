"""What a value means: dates, numbers, places and words as officers write them."""
