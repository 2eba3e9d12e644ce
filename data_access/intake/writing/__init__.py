"""What changes in the store: comparing, writing, undoing and remembering."""
