"""What the server sends besides pages: routes, assets, the index page, warm-up, errors."""
