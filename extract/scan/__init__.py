"""Pictures of pages (scans, photographs) to the same blocks that other pages give."""
