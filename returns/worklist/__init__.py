"""Tasks as a workbook to fill in on the spot."""
