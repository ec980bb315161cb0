"""The data documentation as files that open without any network: dbt's own pages, and the dictionary in Chinese and English."""
