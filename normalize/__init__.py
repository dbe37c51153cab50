"""What a text means: pure functions from text to values, with spans into the raw text."""
