"""Pairs to decide and tasks to check. Not here: what people answer (answers/)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_REVIEWS = Query(
    "review.open",
    "review",
    """
    select match_review.*, left_home.address as left_address, right_home.address as right_address
    from match_review
    left join resident as left_one on match_review.left_resident_id = left_one.resident_id
    left join dwelling as left_home on left_one.dwelling_id = left_home.dwelling_id
    left join resident as right_one on match_review.right_resident_id = right_one.resident_id
    left join dwelling as right_home on right_one.dwelling_id = right_home.dwelling_id
    where match_review.state = 'open'
    order by match_review.changed_report_count desc, match_review.score desc, match_review.review_id
    """,
    is_list=True,
)
_TASKS = Query(
    "task.open",
    "task_work",
    """
    select task.*, resident.name_masked, dwelling.address, device.type as device_type
    from task
    left join resident on task.resident_id = resident.resident_id
    left join device on task.device_id = device.device_id
    left join dwelling on coalesce(task.dwelling_id, resident.dwelling_id, device.dwelling_id) = dwelling.dwelling_id
    where task.state = 'open' and ($kind = '' or task.kind = $kind) and ($committee = '' or task.committee_code = $committee)
    order by task.priority, task.due_date, task.task_id
    """,
    is_list=True,
)
_KINDS = Query(
    "task.kinds",
    "task_work",
    """
    select kind, kind_name, count(*) as task_count from task
    where state = 'open' and ($committee = '' or committee_code = $committee)
    group by all order by min(priority), kind
    """,
)
_OPEN_TASKS = Query(
    "task.open_ids",
    "task_work",
    "select task_id, due_date from task where state = 'open' and ($committee = '' or committee_code = $committee)",
    is_list=True,
)
_OPEN_PAIRS = Query("review.open_ids", "review", "select review_id from match_review where state = 'open'", is_list=True)


def read_open_tasks(reader: Reader, committee: str) -> pl.DataFrame:
    """One row an open task: `task_id`, `due_date`."""
    return reader.read(_OPEN_TASKS, committee=committee)


def read_open_pairs(reader: Reader) -> pl.DataFrame:
    """One row an open pair: `review_id`."""
    return reader.read(_OPEN_PAIRS)


def read_reviews(reader: Reader) -> pl.DataFrame:
    """One row an open pair, first those by which most figures change; both sides masked."""
    return reader.read(_REVIEWS)


def read_tasks(reader: Reader, committee: str, kind: str) -> pl.DataFrame:
    """One row an open task, the most urgent first; where it is and whom it is about, masked."""
    return reader.read(_TASKS, committee=committee, kind=kind)


def read_task_kinds(reader: Reader, committee: str) -> pl.DataFrame:
    """One row a kind of open task: `kind`, `kind_name`, `task_count`."""
    return reader.read(_KINDS, committee=committee)
