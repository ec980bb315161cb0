"""The one line that tells a user why a run failed."""

import dagster as dg
from dagster import DagsterEventType


def failure_line(result: dg.ExecuteInProcessResult) -> str:
    """The first failed step and its own words; never a traceback (that stands in Dagster's event log)."""
    for event in result.all_events:
        if event.event_type != DagsterEventType.STEP_FAILURE:
            continue
        data = event.step_failure_data
        told = data.user_failure_data.description if data.user_failure_data else None
        error = data.error
        while error is not None and error.cause is not None:
            error = error.cause
        words = told or (error.message if error else "no reason given")
        return f"stage {event.step_key} failed: {' '.join(str(words).split())[:900]}"
    return "the run ended without a failed stage; see `yidang dagster`"
