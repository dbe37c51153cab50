"""Logical documents, and the many ways in which offices lay them out: what the table code is measured with."""
