"""Web pages: the act inside the page, its tables with their spans."""
