"""Up to where an entity was landed. It stands in the manifests, so it cannot disagree with what is there."""

from ingestion.contracts.model import Entity
from ingestion.landing.manifest import Newest
from ingestion.pulling.run import PullRun


def newest_of(run: PullRun, entity: Entity) -> Newest | None:
    """The newest update time of all landed batches; null before the first."""
    found = [manifest.newest for manifest in run.landing.known(run.contract.source, entity.name) if manifest.newest]
    return max(found, key=lambda newest: newest.at, default=None)
