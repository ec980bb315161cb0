"""One doubtful component, put together again from its strongest edges, as far as it stays consistent.

Not here: consistent components (identity/cluster/clusters.py takes them whole).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from identity.cluster.profile import Profile, contradictions, is_birth_only_said, is_sex_only_said
from identity.rules.rule_book import RuleBook


@dataclass(frozen=True, slots=True)
class Edge:
    """One weighed pair of nodes."""

    left: int
    right: int
    weight: float
    rule: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An edge that was not followed, and the codes of why; or that was followed against them, since people said so."""

    edge: Edge
    why: tuple[str, ...]

    @property
    def is_overruled(self) -> bool:
        """Whether people joined what these codes speak against; only another decision stops a decision."""
        return self.edge.rule.startswith("decision@") and "decision" not in self.why


@dataclass
class Cut:
    """What became of a component: each node's group (its smallest node), and the edges that something spoke against."""

    group: dict[int, int]
    refusals: list[Refusal] = field(default_factory=list)


def cut_component(profiles: dict[int, Profile], edges: list[Edge], book: RuleBook) -> Cut:
    """Merge along the edges, strongest first; then along what people decided, whole groups, whatever stands between them.

    An edge is refused when its sides contradict each other, or when one side could go elsewhere nearly as well while the two
    places contradict each other: then nobody but people can tell. A decision is refused by another decision alone; what else
    speaks against it is told. Equal edges are taken by their nodes: the order of input decides nothing.
    """
    if not any(contradictions(left, right, book.vetoes) for left, right in combinations(profiles.values(), 2)):
        return Cut(dict.fromkeys(profiles, min(profiles)))
    cut = Cut({node: node for node in profiles})
    groups = dict(profiles)
    ordered = sorted(edges, key=lambda edge: (-edge.weight, edge.left, edge.right))
    decision = book.rule("decision").tag
    _follow_evidence([edge for edge in ordered if edge.rule != decision], cut, groups, book)
    for edge in (edge for edge in ordered if edge.rule == decision):
        left, right = cut.group[edge.left], cut.group[edge.right]
        if left != right and groups[left].barred & groups[right].nodes:
            cut.refusals.append(Refusal(edge, ("decision",)))
        elif left != right:
            if against := contradictions(groups[left], groups[right], book.vetoes):
                cut.refusals.append(Refusal(edge, tuple(against)))
            _merge(cut.group, groups, left, right)
    return cut


def _follow_evidence(ordered: list[Edge], cut: Cut, groups: dict[int, Profile], book: RuleBook) -> None:
    """Merge groups along the edges that nothing forbids."""
    by_node: dict[int, list[Edge]] = defaultdict(list)
    for edge in ordered:
        by_node[edge.left].append(edge)
        by_node[edge.right].append(edge)
    for edge in ordered:
        left, right = cut.group[edge.left], cut.group[edge.right]
        if left == right:
            continue
        why = contradictions(groups[left], groups[right], book.vetoes)
        slipped = _slipped(why, edge, groups[left], groups[right], book)
        why = [] if slipped else why
        if not why and _is_torn(edge, cut.group, groups, by_node, book):
            why = ["ambiguous"]
        if why:
            cut.refusals.append(Refusal(edge, tuple(why)))
        else:
            if slipped == "birth_date":
                told = left if not groups[left].numbers else right
                groups[told] = groups[told].without_birth()
            _merge(cut.group, groups, left, right)
            if slipped == "sex":
                groups[min(left, right)] = groups[min(left, right)].without_said_sex()


def _slipped(why: list[str], edge: Edge, left: Profile, right: Profile, book: RuleBook) -> str | None:
    """Of the one veto that stands its code, where only a column says so, and all else agrees so well that the column is wrong."""
    rule = book.known(edge.rule)
    if not rule:
        return None
    if why == ["sex"] and _reaches(edge, rule.sex_slip_from) and is_sex_only_said(left, right):
        return "sex"
    if why == ["birth_date"] and _reaches(edge, rule.birth_slip_from) and is_birth_only_said(left, right, book.vetoes):
        return "birth_date"
    return None


def _reaches(edge: Edge, least: float | None) -> bool:
    return least is not None and edge.weight >= least


def _is_torn(
    edge: Edge, group: dict[int, int], groups: dict[int, Profile], by_node: dict[int, list[Edge]], book: RuleBook
) -> bool:
    """Whether either side has a rival place that contradicts the other side, and is nearly as strong."""
    left, right = group[edge.left], group[edge.right]
    for here, there in ((left, right), (right, left)):
        for rival in (rival for node in groups[here].nodes for rival in by_node[node]):
            elsewhere = group[rival.left] if group[rival.left] != here else group[rival.right]
            if elsewhere in (here, there) or rival.weight < edge.weight - book.weights.cut.tie:
                continue
            is_open = not contradictions(groups[here], groups[elsewhere], book.vetoes)
            if is_open and contradictions(groups[there], groups[elsewhere], book.vetoes):
                return True
    return False


def _merge(group: dict[int, int], groups: dict[int, Profile], left: int, right: int) -> None:
    """Put both groups under the smaller name."""
    keep, gone = min(left, right), max(left, right)
    groups[keep] = groups[keep].merged(groups.pop(gone))
    for node in groups[keep].nodes:
        group[node] = keep
