"""What became of every row of a workbook that came back: the file that its sender gets."""
