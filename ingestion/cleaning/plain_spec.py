"""Kinds of field with one plain value: text, codes, days, moments, numbers. Not here: how they are cleaned (fields/)."""

from typing import Literal

import polars as pl

from ingestion.cleaning.spec import DATE, TEXT, TEXTS, TIMESTAMP, Outputs, SingleSpec, Spec


class TextField(SingleSpec):
    """Plain text, tidied: NFKC, no invisible characters, single spaces; null markers become null."""

    kind: Literal["text"]

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT}


class CodeField(SingleSpec):
    """A value of a code list.

    Attributes:
        codes: Name of the list in ``reference/codes.yaml`` (source value to canonical value), or
        pattern: a regular expression that a code must match as it stands.
        fallback: Canonical value for an unknown or missing one; null without it.
        pad: Width to which a code that lost its leading zeros is filled.
    """

    kind: Literal["code"]
    codes: str | None = None
    pattern: str | None = None
    fallback: str | None = None
    pad: int | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT}


class CodesField(SingleSpec):
    """A JSON list of codes, or codes with separators; unknown ones are left out and flagged."""

    kind: Literal["codes"]
    codes: str

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXTS}


class DateField(SingleSpec):
    """A day.

    Attributes:
        is_open_end: 9999-12-31, 长期, 至今 and the like mean "no end" and are no defect.
        is_past: A day after the business date cannot be and becomes null.
        is_partial_kept: A month or a year alone stands for its first day; otherwise it becomes null.
    """

    kind: Literal["date"]
    is_open_end: bool = False
    is_past: bool = False
    is_partial_kept: bool = False

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: DATE}


class TimestampField(SingleSpec):
    """A moment, kept in UTC; without a zone it is Asia/Shanghai."""

    kind: Literal["timestamp"]

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TIMESTAMP}


class ClockField(Spec):
    """A device's own clock beside the gateway's, both in epoch milliseconds.

    Attributes:
        source: Column with the device's clock.
        received: Column with the gateway's clock, which is right.
        to: Output of the device's clock; null where it is wrong.
        received_to: Output of the gateway's clock; required.
        days_early: How many days before the receipt a message may have been sent.
        minutes_ahead: How many minutes after the receipt the device's clock may stand: clocks are never quite alike.
    """

    kind: Literal["clock"]
    source: str
    received: str
    to: str
    received_to: str
    days_early: int = 30
    minutes_ahead: int = 10

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TIMESTAMP, self.received_to: TIMESTAMP}


class NumberField(SingleSpec):
    """A number, with units, thousands signs or Chinese numerals around it; out of range it becomes null and is flagged."""

    kind: Literal["number"]
    is_integer: bool = False
    minimum: float | None = None
    maximum: float | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: pl.Int64() if self.is_integer else pl.Float64()}


class BooleanField(SingleSpec):
    """Yes or no in any of the manners of ``reference/booleans``; null where the source says nothing."""

    kind: Literal["boolean"]

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: pl.Boolean()}
