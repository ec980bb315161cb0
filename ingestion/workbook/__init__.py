"""Workbooks that come from outside: looked at before they are unzipped, parsed in a child process with limits."""
