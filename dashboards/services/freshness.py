"""How fresh a version is, in words. Not here: where it is published (repositories/published.py)."""

from dashboards.repositories.published import Version
from dashboards.services.labels import label
from dashboards.services.text import day, moment


def source_line(version: Version) -> str:
    """The line under every title: the data's day, when it was made, which version."""
    return f"数据截至 {day(version.as_of)} · 生成于 {moment(version.created_at)} · 版本 {version.name}"


def stale_lines(version: Version) -> list[str]:
    """One line a source that the last run could not reach."""
    return [
        f"{label('source', stale.source)}数据自 {moment(stale.since)} 起未能更新，当前沿用上次数据。"
        if stale.since
        else f"{label('source', stale.source)}数据尚未接入成功。"
        for stale in version.stale
    ]
