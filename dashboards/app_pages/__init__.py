"""One file a page, at most 80 lines: filters, then services, then components. No SQL, and never the repositories."""
