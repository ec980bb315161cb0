"""`python -m dashboards --port N`: serve the pages on loopback until the end of the process. `yidang serve` starts it so.

YIDANG_HOME names the home whose published version is shown; other settings stand in .streamlit/config.toml.
"""

import argparse
import gc
import importlib
import os
from pathlib import Path

ADDRESS = "127.0.0.1"  # a reverse proxy puts it on the intranet; never reachable from elsewhere by itself


def main() -> None:
    """Read the option, serve."""
    arguments = argparse.ArgumentParser(prog="python -m dashboards", description=__doc__)
    arguments.add_argument("--port", type=int, default=8501)
    port = arguments.parse_args().port
    gc.disable()  # what a start loads stays: to sweep through it again and again is a tenth of the loading
    application = importlib.import_module("dashboards.server.application").make_application()
    gc.enable()
    settings = {"server.port": port, "server.address": ADDRESS, "browser.serverAddress": ADDRESS}
    application.run(config=settings | _provider())


def _provider() -> dict[str, list[str]]:
    """Where the identity provider is told of (`[auth]`, as Streamlit reads it): beside the accounts, in nobody's home folder."""
    told = Path(os.environ.get("YIDANG_HOME", "")) / "security" / "openid.toml"
    return {"secrets.files": [str(told)]} if told.is_file() else {}


if __name__ == "__main__":
    main()
