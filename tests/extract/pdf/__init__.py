"""What the PDF reader must make of pages drawn for one purpose each."""
