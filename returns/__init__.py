"""What goes back to those who collected it: worklists, answers to their senders, packages. Reads only a published version.

Not here: dbt, Dagster, the command (orchestration), pages (dashboards start the command as a program).
"""
