"""How fresh a version is, in words. Not here: where it is published (repositories/published.py)."""

from datetime import UTC, datetime, time, timedelta

from dashboards.repositories.published import Version
from dashboards.services.labels import label
from dashboards.services.language import say
from dashboards.services.text import STREET_TIME, day, moment

# When the street is rebuilt, in its own time: orchestration/automation/schedule.py says the same, and a test holds them equal.
MORNING = time(5, 30)


def source_line(version: Version) -> str:
    """The line under every title: the data's day, when it was made, which version."""
    made = moment(version.created_at)
    return say("数据截至 {day} · 生成于 {made} · 版本 {name}", day=day(version.as_of), made=made, name=version.name)


def update_line(version: Version, now: datetime | None = None) -> str:
    """The data's day and when they are renewed next; late ones say so."""
    told = say("数据截至 {day}", day=day(version.as_of))
    if version.created_at is None:
        return told
    due = next_update(version.created_at)
    words = "下次更新 {due}" if due >= (now or datetime.now(UTC)) else "应于 {due} 更新，尚未更新"
    return f"{told} · {say(words, due=moment(due))}"


def next_update(made_at: datetime) -> datetime:
    """The first morning after a version was made (UTC)."""
    made = (made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)).astimezone(STREET_TIME)
    due = datetime.combine(made.date(), MORNING, STREET_TIME)
    return (due if due > made else due + timedelta(days=1)).astimezone(UTC)


def stale_lines(version: Version) -> list[str]:
    """One line a source that the last run could not reach."""
    return [
        say(
            "{source}数据自 {since} 起未能更新，当前沿用上次数据。",
            source=label("source", stale.source),
            since=moment(stale.since),
        )
        if stale.since
        else say("{source}数据尚未接入成功。", source=label("source", stale.source))
        for stale in version.stale
    ]
