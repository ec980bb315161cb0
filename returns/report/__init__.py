"""Reports and ledgers in official layouts, as workbook and as PDF, from one and the same document."""
