"""Spreadsheets: cells as the sheet shows them, sheets cut into tables and the lines around them."""
