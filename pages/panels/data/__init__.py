"""The panels of the page Data: contents, files, history, boundaries, settings."""
