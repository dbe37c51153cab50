"""One document: the order of its steps, and what was understood made into records."""
