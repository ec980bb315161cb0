"""Puts the parts in order: Dagster definitions, the run, publishing, the yidang command.

Not here: any rule about residents, dwellings or devices.
"""
