"""What the offices change on one later day though nobody moved: corrections, sales, lists, standard addresses, devices."""

import polars as pl

from ingestion.demo.later.day import Day
from ingestion.demo.sources.property import owner_row
from ingestion.demo.sources.stamps import today
from ingestion.demo.world.tenure import Holding

CARE_LEVELS = 5


def phones_changed(day: Day) -> None:
    """People report a new mobile number to the police."""
    for row in day.pick("police.SYRK", (pl.col("LXDH") != "") & (pl.col("ZXYY") == ""), day.count("phones_changed")):
        number = day.registry.mobile()
        day.become(row["_person"], mobile=number)
        day.touch("police.SYRK", row, "phone_changed", LXDH=number)


def numbers_corrected(day: Day) -> None:
    """The housing bureau puts wrong numbers right."""
    wrong = day.street.log.filter((pl.col("entity") == "property.owner") & (pl.col("field") == "cert_no"))
    right = dict(wrong.select("key", "clean").rows())
    for row in day.pick("property.owner", pl.col("owner_id").is_in(list(right)), day.count("numbers_corrected")):
        day.touch("property.owner", row, "number_corrected", cert_no=right[row["owner_id"]])


def sales(day: Day) -> None:
    """A house is sold: the owners' claims end, a new one begins; the buyer is an owner of the street already, or another one."""
    current = pl.col("end_date").is_null() & pl.col("_person").is_not_null() & (pl.col("is_deleted") == 0)
    sold = day.pick("property.owner", current, day.count("sales"))
    buyers = day.pick("property.owner", current, len(sold))
    for row, buyer in zip(sold, buyers, strict=True):
        for claim in day.tables["property.owner"].filter(current & (pl.col("_house") == row["_house"])).to_dicts():
            day.touch("property.owner", claim, "sold", end_date=day.day.isoformat())
        holding = Holding(row["_house"], day.people[buyer["_person"]], "", 100.0, day.day)
        bought = owner_row(day.tables["property.owner"].height + 1, holding, day.street.style, day.rng, day.day)
        day.append("property.owner", [{**bought, "updated_at": today(day.rng, day.day)}], "bought")


def rows_deleted(day: Day) -> None:
    """Claims and leases that were entered by mistake are marked as deleted; other leases end."""
    standing = pl.col("is_deleted") == 0
    for row in day.pick("property.owner", standing & pl.col("end_date").is_not_null(), day.count("owners_deleted")):
        day.touch("property.owner", row, "deleted", is_deleted=1)
    for row in day.pick("property.lease", standing & pl.col("end_date").is_not_null(), day.count("leases_deleted")):
        day.touch("property.lease", row, "deleted", is_deleted=1)
    for row in day.pick("property.lease", standing & pl.col("end_date").is_null(), day.count("leases_ended")):
        day.touch("property.lease", row, "lease_ended", end_date=day.day.isoformat())


def lists_changed(day: Day) -> None:
    """Civil affairs change amounts and care levels, withdraw records and cancel certificates."""
    standing = ~pl.col("withdrawn")
    for row in day.pick("civil.assistance-cases", standing, day.count("cases_changed")):
        day.touch("civil.assistance-cases", row, "amount_changed", monthlyAmount=round(row["monthlyAmount"] * 1.05, 2))
    for row in day.pick("civil.elderly-services", standing, day.count("elders_changed")):
        day.touch("civil.elderly-services", row, "care_changed", careLevel=min(CARE_LEVELS, row["careLevel"] + 1))
    for row in day.pick("civil.elderly-services", standing, day.count("elders_withdrawn")):
        day.touch("civil.elderly-services", row, "withdrawn", withdrawn=True)
    for row in day.pick("civil.disability-certificates", standing, day.count("certificates_cancelled")):
        day.touch("civil.disability-certificates", row, "cancelled", status="CANCELLED")


def addresses_moved(day: Day) -> None:
    """The police measure some standard addresses again."""
    for row in day.pick("police.BZDZ", pl.col("_house").is_not_null(), day.count("addresses_moved")):
        day.touch("police.BZDZ", row, "measured_again", JD=f"{float(row['JD']) + 0.0001:.6f}")


def devices_failed(day: Day) -> None:
    """Some devices report a fault from now on."""
    for row in day.pick("device.register", pl.col("status") == "ACTIVE", day.count("devices_failed")):
        day.touch("device.register", row, "failed", status="FAULT")


def sent_late(day: Day) -> None:
    """Old versions of rows that come only now, with another phone: they must not win over what is known."""
    for row in day.pick("police.SYRK", pl.col("LXDH") != "", day.count("sent_late")):
        day.late.append({**row, "LXDH": day.registry.mobile(), "GXSJ": f"2019{row['GXSJ'][4:8]}080000"})


def vanished(day: Day) -> None:
    """Rows that the police's next full snapshot lacks, cancelled or not."""
    gone = day.pick("police.SYRK", pl.col("_person").is_not_null(), day.count("vanished"))
    keys = [row["RYBH"] for row in gone]
    day.tables["police.SYRK"] = day.tables["police.SYRK"].filter(~pl.col("RYBH").is_in(keys))
    day.changes += [("police.SYRK", row["RYBH"], "vanished", row["_person"]) for row in gone]
