"""设备与告警: online and silent, alarms, what is not covered, three rates a fleet, gates and parking; one part at a time."""

from dashboards.components.alarms import show_alarms
from dashboards.components.board import show_areas, show_board
from dashboards.components.desk import Desk
from dashboards.components.device_gaps import show_gaps
from dashboards.components.filters import choose_one, choose_place
from dashboards.components.fleet_rates import show_rates
from dashboards.components.fleets import show_fleets, show_silent
from dashboards.components.flows import show_flows
from dashboards.components.guard import show_page
from dashboards.services import device
from dashboards.services.place import load_places

PARTS = {"online": "在线与离线", "alarm": "告警处置", "gap": "覆盖与配置", "rate": "三率", "flow": "停车与门禁"}


def body(desk: Desk) -> None:
    """The place, then the part that was chosen; the address holds both."""
    places = load_places(desk.reader, desk.purpose)
    place = choose_place(places)
    part = choose_one("内容", "part", PARTS)
    if part == "gap":
        show_gaps(desk, place, places)
        return
    if part == "rate":
        show_rates(desk, place, places)
        return
    if part == "online":
        show_board(desk, place, places, "device")
    days = choose_one("统计时段", "days", device.WINDOWS)
    since = device.window_start(desk.as_of, int(days))
    if part == "online":
        show_fleets(desk, place, places, since)
        show_silent(desk, place, places)
        show_areas(desk, place, places, "device")
    elif part == "alarm":
        show_alarms(desk, place, places, since)
    else:
        show_flows(desk, place, places, since)


show_page("device", "设备与告警", body)
