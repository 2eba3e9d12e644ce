"""Where: names, shapes and maps of Kabupaten Serang. Knows no other room."""
