"""Sets of devices, bays and gates of an invented street, for tests of the device page. Not here: devices and alarms."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import polars as pl

MEMBERS = (
    ("entrance", "entrance_three", "楼道三件套", "gate", 1, 1),
    ("entrance", "entrance_three", "楼道三件套", "smoke", 1, 0),
    ("stairwell", "home_four", "居家四件套", "smoke", 12, 9),
)
DAYS, BAYS, STREET_HOURS = 3, 10, 8


def device_tables(estates: Mapping[str, tuple[str, str]], as_of: date) -> dict[str, pl.DataFrame]:
    """Every estate has one building; bays are full at eight in the morning to 0.8, else to 0.25; gates are busiest then."""
    places = [(estate, committee) for estate, (_, committee) in estates.items()]
    midnights = [datetime.combine(as_of - timedelta(days=back), time()) for back in range(DAYS)]
    hours = [(at + timedelta(hours=hour - STREET_HOURS), hour) for at in midnights for hour in range(24)]
    gaps = [
        {"place_level": level, "building_id": f"B-{estate}", "unit": "" if level == "entrance" else "1", "set_code": code}
        | {"set_name": name, "device_type": kind, "estate_id": estate, "committee_code": committee, "dwelling_count": 12}
        | {"wanted_count": wanted, "present_count": there, "missing_count": wanted - there}
        for estate, committee in places
        for level, code, name, kind, wanted, there in MEMBERS
    ]
    parking = [
        {"estate_id": estate, "committee_code": committee, "hour_at": at, "bay_count": BAYS, "told_seconds": 36000}
        | {"occupied_seconds": 28800 if hour == 8 else 9000, "arrivals": 2, "departures": 1}
        for estate, committee in places
        for at, hour in hours
    ]
    gates = [
        {
            "device_id": f"G-{estate}",
            "hour_at": at,
            "building_id": f"B-{estate}",
            "estate_id": estate,
            "committee_code": committee,
        }
        | {"passes": 30 if hour == 8 else 3, "denials": 1}
        for estate, committee in places
        for at, hour in hours
    ]
    rated = pl.DataFrame(parking).with_columns(occupancy_rate=pl.col("occupied_seconds") / pl.col("told_seconds"))
    return {"configuration_gap": pl.DataFrame(gaps), "parking_hour": rated, "gate_hour": pl.DataFrame(gates)}
