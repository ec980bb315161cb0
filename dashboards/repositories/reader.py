"""The one place through which dashboards read: row filter, column list, small counts, cache. Deny by default.

Not here: SQL of a subject (its own file beside this one), signing in (access/).
"""

from dataclasses import replace

import polars as pl

from dashboards.access.person import Person
from dashboards.access.policy import AccessDeniedError, Policy
from dashboards.repositories.database import ServingDatabase, open_database, when_closed
from dashboards.repositories.published import Version
from dashboards.repositories.query import Query
from dashboards.repositories.result_cache import ResultCache
from dashboards.repositories.row_filter import filtered_view
from dashboards.repositories.withholding import withhold

_cache = ResultCache()
when_closed(_cache.forget)
NO_LIST = "您的角色只能查看统计数字，不能查看明细名单。"


class Reader:
    """One person's sight of one version."""

    def __init__(self, version: Version, person: Person, policy: Policy) -> None:
        self.version = version
        self.person = person
        self.policy = policy

    def within(self, area_level: str, area_code: str) -> "Reader":
        """The same person's sight of one area within their own; it is the caller's to know that it is within."""
        return Reader(self.version, replace(self.person, area_level=area_level, area_code=area_code), self.policy)

    def may(self, purpose: str) -> bool:
        """Whether the person may read anything for this purpose."""
        return self.policy.may(self.person, purpose)

    def sight(self, purpose: str) -> tuple[object, ...]:
        """What the role comes to where only this purpose is read: equal for roles that see the same of an area."""
        role = self.policy.role_of(self.person)
        return (role.rows, role.withhold_below, purpose) if role and self.may(purpose) else (self.person.role,)

    @property
    def may_list(self) -> bool:
        """Whether the person sees lists, not only figures."""
        role = self.policy.role_of(self.person)
        return role is not None and role.rows

    def read(self, query: Query, **parameters: object) -> pl.DataFrame:
        """The query's rows within the person's rights; `is_withheld` is added to figures with counts.

        Raises:
            AccessDeniedError: A table, the purpose or the area is not the person's.
        """
        database = open_database(self.version.database)
        key = (
            str(self.version.database),
            self.person.role,
            self.person.area_level,
            self.person.area_code,
            query,
            *sorted(parameters.items()),
        )
        cached = _cache.get(key)
        if cached is not None:
            return cached
        frame = self._read(database, query, parameters)
        _cache.put(key, frame)
        return frame

    def _read(self, database: ServingDatabase, query: Query, parameters: dict[str, object]) -> pl.DataFrame:
        if query.is_list and not self.may_list:
            raise AccessDeniedError(NO_LIST)
        tables = sorted(database.tables_named(query.sql))
        grants = [self.policy.grant(self.person, query.purpose, table) for table in tables]
        views = ", ".join(f"{grant.table} as ({filtered_view(grant, self.person, database.columns)})" for grant in grants)
        bound = dict(parameters)
        if "$area_code" in views:
            bound["area_code"] = self.person.area_code
        frame = database.query(f"with {views} select * from ({query.sql})", bound)
        below = min((grant.withhold_below for grant in grants), default=0)
        return withhold(frame, query.counts, below) if query.counts else frame
