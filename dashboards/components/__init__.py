"""Pieces that pages are put together from: cards, charts, filters, tables, badges. No SQL, no figures of their own."""
