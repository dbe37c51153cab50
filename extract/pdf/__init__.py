"""PDF: pdfium reads text and ruling lines, plain geometry rebuilds tables and paragraphs."""
