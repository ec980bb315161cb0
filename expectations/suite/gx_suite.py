"""A suite as Great Expectations' own objects: the same claims, for whoever wants to run it on a frame.

Not here: the import of Great Expectations at start-up, which takes seconds; it happens when a suite is asked for.
"""

from typing import Any

from expectations.suite.check import COLUMNS_PRESENT, REFERENCE, ROW_COUNT, Check, Suite
from expectations.suite.expand import PARTS_ADD_UP

DIGITS = 9


def mostly(tolerance: float) -> float:
    """Great Expectations' `mostly`: the share of rows that must hold."""
    return round(1.0 - tolerance, DIGITS)


def gx_suite(suite: Suite) -> Any:
    """The suite as a `great_expectations.ExpectationSuite`; references to other tables are not in it.

    Raises:
        Exception: Great Expectations' own, when a type or an argument is not one of its.
    """
    import great_expectations as gx  # noqa: PLC0415 - seconds

    own = [check for check in suite.checks if check.expectation != REFERENCE]
    return gx.ExpectationSuite(name=suite.table, expectations=[gx_expectation(check) for check in own])


def gx_expectation(check: Check) -> Any:
    """One claim as an expectation, with its severity, and owner, words and dimension as metadata."""
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration  # noqa: PLC0415 - seconds
    from great_expectations.expectations.metadata_types import FailureSeverity  # noqa: PLC0415 - seconds

    if check.expectation == PARTS_ADD_UP:
        from expectations.suite.gx_parts import ExpectPartsToAddUpToTotal  # noqa: F401, PLC0415 - registers the type
    share = {} if check.expectation in {COLUMNS_PRESENT, ROW_COUNT} else {"mostly": mostly(check.tolerance)}
    meta = {
        "code": check.code,
        "owner": check.owner,
        "dimension": check.dimension,
        "claim_zh": check.claim_zh,
        "claim_en": check.claim_en,
        "debug_step": check.debug_step,
    }
    configuration = ExpectationConfiguration(
        type=check.expectation, kwargs={**check.kwargs, **share}, meta=meta, severity=FailureSeverity(check.severity)
    )
    return configuration.to_domain_obj()
