"""Who is who: evidence, vetoes, clusters, stable ids, explanation, and the vault of plain values.

Not here: cleaning of single values (ingestion), published tables (dbt), scheduling (orchestration).
"""
