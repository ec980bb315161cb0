"""Refused rows: looking at them without their values, and replaying them after a rule or a contract was mended."""
