"""Officers' own files: read, understand, check, preview, commit, undo."""
