"""How a suite becomes one DuckDB scan, and how Great Expectations judges what the scan found."""
