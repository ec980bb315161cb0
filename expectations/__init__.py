"""What every published table must satisfy before it is seen.

Here: suites, their compilation to one scan, severity, results. Not here: what happens when a check fails (orchestration).
"""
