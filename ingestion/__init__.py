"""From five source systems to cleaned, landed rows.

Here: contracts, connectors, landing, cleaning rules, demo sources. Not here: who is who (identity), the model (dbt), scheduling
(orchestration).
"""
