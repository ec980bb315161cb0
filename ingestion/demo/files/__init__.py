"""How each source hands its records over: tables, CSV batches, JSON, NDJSON, workbooks, and the truth."""
