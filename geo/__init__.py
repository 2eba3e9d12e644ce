"""Where: names, shapes and maps of one kabupaten. Knows no other room."""
