"""What people answer at the desk, kept until the next run takes it: verdicts on pairs of records and on tasks.

Not here: what an answer does (orchestration/review takes it into the identity log or hands it in as feedback).
"""
