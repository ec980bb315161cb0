"""What is read outside the warehouse is declared as an exposure, and rests on published tables only."""

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "dashboards" / "app_pages"
NOT_A_READER = {"__init__", "sign_in"}


def test_every_page_is_an_exposure(manifest: dict[str, Any]) -> None:
    declared = {exposure["meta"].get("page") for exposure in manifest["exposures"].values() if exposure["type"] == "dashboard"}
    pages = {path.stem for path in PAGES.glob("*.py")} - NOT_A_READER
    assert pages
    assert declared == pages


def test_exposures_rest_on_public_contracted_models(manifest: dict[str, Any]) -> None:
    wrong = []
    for exposure in manifest["exposures"].values():
        for parent in exposure["depends_on"]["nodes"]:
            node = manifest["nodes"][parent]
            if "marts" not in node["fqn"] or node["access"] != "public" or not node["config"]["contract"]["enforced"]:
                wrong.append((exposure["name"], node["name"]))
    assert wrong == []


def test_exposures_name_an_owner_and_say_what_they_are_for(manifest: dict[str, Any]) -> None:
    exposures = manifest["exposures"].values()
    assert exposures
    assert [e["name"] for e in exposures if not e["owner"].get("name") or " / " not in e["description"]] == []
