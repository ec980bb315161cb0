"""街道总览: what waits to be done, at most twelve figures of the place, and how its parts compare."""

from dashboards.access.session import home_folder
from dashboards.components.board import show_areas, show_board
from dashboards.components.desk import Desk
from dashboards.components.filters import choose_place
from dashboards.components.guard import show_page
from dashboards.components.waiting import show_waiting
from dashboards.services.place import load_places
from dashboards.services.work_waiting import load_work


def body(desk: Desk) -> None:
    """Choose a place, see what waits there and its cards, then its parts side by side."""
    places = load_places(desk.reader, desk.purpose)
    place = choose_place(places)
    show_waiting(desk, place, load_work(desk.reader, home_folder(), place, desk.as_of))
    show_board(desk, place, places, "overview")
    show_areas(desk, place, places, "overview")


show_page("overview", "街道总览", body)
