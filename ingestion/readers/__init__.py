"""From bytes to frames of text with line numbers. Not here: where bytes come from (connectors), cleaning."""
