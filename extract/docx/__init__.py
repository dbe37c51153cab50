"""Word documents (DOCX): body, tables, automatic numbers, notes, straight from the package's XML."""
