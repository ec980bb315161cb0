"""Takes the README's pictures of a street: `python -m tests.browser.take_pictures HOME USER PASSWORD`, into docs/images.

Not a test. Run it on the demo's home when the pages have changed.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.real_dashboards import CHROMIUM, QUIET, ROOT, Visit, running, visiting

FOLDER = ROOT / "docs" / "images"
PICTURES = {
    "街道总览": "overview.png",
    "人口": "population.png",
    "房屋": "housing.png",
    "养老与民政": "welfare.png",
    "设备与告警": "device.png",
    "数据质量": "quality.png",
    "指标口径": "catalogue.png",
}
MARGIN = 40


def main(home: Path, user: str, password: str) -> None:
    """Sign in once and keep a picture of every page, as high as the page is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, running(home) as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with visiting(browser, address) as visit:
            visit.sign_in(user, password)
            for title, name in PICTURES.items():
                visit.page.set_viewport_size({"width": 1280, "height": 900})
                visit.open(title)
                keep(visit, FOLDER / name)


def keep(visit: Visit, path: Path) -> None:
    height = visit.page.evaluate("() => document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    visit.page.set_viewport_size({"width": 1280, "height": height + MARGIN})
    visit.settle()
    visit.page.screenshot(path=path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
