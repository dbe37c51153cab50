"""Plain text and Markdown, as a converter or a typist left them."""
