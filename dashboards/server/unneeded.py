"""What Streamlit does at its start that nobody here needs, left out: a third of the time until the first page.

Tied to the locked version: tests/unit/dashboards/test_server.py tells when a new one no longer does it this way.
"""

from pathlib import Path

from streamlit import delta_generator
from streamlit.commands import page_config
from streamlit.components.v2 import manifest_scanner


def leave_out() -> None:
    """Once, before the application is made.

    Every installed package is read for components of its own, and the pages use none; and the first element looks at the whole
    stack to tell somebody at a Python prompt how to start Streamlit. The icon is an address of ours (application.py): to ask
    whether it might be a picture loads NumPy and Pillow. Without an icon Streamlit would fetch one from the outside.
    """
    manifest_scanner.scan_component_manifests = _no_components
    vars(page_config)["image_to_url"] = _address
    delta_generator._use_warning_has_been_displayed = True


def _no_components(max_workers: int | None = None) -> list[tuple[manifest_scanner.ComponentManifest, Path]]:
    del max_workers
    return []


def _address(image: object, *_form: object) -> str:
    return str(image)
