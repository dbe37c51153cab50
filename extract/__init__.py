"""What a file says: every format becomes the same Document, its tables become task rows."""
