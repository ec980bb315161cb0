"""The application as the server runs it: the pages, and the few addresses that are no page.

Not here: how the process is started (__main__.py), the pages (app.py and what it leads to).
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboards.components.keep_sign_in import KEEP
from dashboards.components.menu import HOME, PAGES, RECORDS
from dashboards.server.frame import show_frame
from dashboards.server.kept_sign_in import keep_sign_in
from dashboards.server.short_language import ShortLanguage
from dashboards.server.unneeded import leave_out
from dashboards.server.warm import warm_up

FOLDER = Path(__file__).resolve().parents[1]


def make_application() -> st.App:
    """The pages with our own addresses; it warms itself as soon as it listens."""
    leave_out()
    routes = [
        Route("/favicon.png", show_icon),
        Route(KEEP, keep_sign_in, methods=["POST"]),
        Route(f"/{HOME}", go_home),
        Route("/", show_frame),
        *(Route(f"/{page}", show_frame) for page, *_ in (*PAGES, *RECORDS) if page != HOME),
    ]
    return st.App(FOLDER / "app.py", routes=routes, middleware=[Middleware(ShortLanguage)], lifespan=_while_serving)


async def show_icon(_request: Request) -> Response:
    """Our icon, where the pages' frame asks for Streamlit's and app.py for ours."""
    return Response(_icon(), media_type="image/svg+xml")


async def go_home(request: Request) -> Response:
    """From the first page's name, typed by hand, to the address that it has; what is chosen goes along."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


@cache
def _icon() -> bytes:
    return (FOLDER / "icon.svg").read_bytes()


@asynccontextmanager
async def _while_serving(_application: st.App) -> AsyncIterator[None]:
    logging.getLogger("uvicorn.error").setLevel(
        logging.WARNING
    )  # else every browser that comes stands in the log, with its address
    warm_up()
    yield
