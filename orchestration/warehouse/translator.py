"""How dbt's nodes appear in Dagster: keys, groups, owners; sources are the assets that land or hand over.

Not here: running dbt.
"""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject

from orchestration.warehouse.keys import INPUTS_KEY, source_key
from orchestration.warehouse.marts import published_name

OWNERS = {"staging": "team:data-engineering", "intermediate": "team:analysts", "marts": "team:analysts", "seeds": "team:analysts"}


class StreetTranslator(DagsterDbtTranslator):
    """Names dbt nodes as the rest of the graph does."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True, enable_code_references=False))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Sources carry the key of the asset that writes them; models are `<layer>/<name>`."""
        if dbt_resource_props["resource_type"] == "source":
            return source_key(dbt_resource_props["source_name"], dbt_resource_props["name"])
        return dg.AssetKey([layer_of(dbt_resource_props), published_name(dbt_resource_props)])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The group is the layer: seeds, staging, intermediate, marts."""
        return layer_of(dbt_resource_props)

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """Engineers own what lands, analysts own what is derived."""
        return [OWNERS[layer_of(dbt_resource_props)]]

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """Staging also waits for the run's inputs, so that a run without news ends there."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        if layer_of(props) in {"staging", "seeds"} and props["resource_type"] != "source":
            return spec.replace_attributes(deps=[*spec.deps, dg.AssetDep(INPUTS_KEY)])
        return spec


def layer_of(props: Mapping[str, Any]) -> str:
    """The first folder below models/, or `seeds`."""
    if props["resource_type"] == "seed":
        return "seeds"
    return str(props["fqn"][1]) if len(props["fqn"]) > 1 else "marts"
