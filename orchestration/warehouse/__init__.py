"""How dbt is called: project, manifest, run facts, names of its assets."""
