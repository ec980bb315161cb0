"""The parts of one address, and its plain way of writing. The many unplain ways are in `ingestion.demo.dirt.addresses`."""

from typing import NamedTuple


class Elements(NamedTuple):
    """One address in its parts; an empty text means that the part is not used there.

    `form` is lane, sublane, village, front, old, block or shop. Roads, estates and parts are text, the rest are digits.
    """

    form: str
    estate: str
    road: str
    lane: str
    sublane: str
    gate: str
    block: str
    unit: str
    room: str
    part: str
    plot: str

    @property
    def anchor(self) -> str:
        """Road with lane, or the estate's name: what stands before the first number of a building."""
        if self.form in ("block", "village"):
            return self.estate
        lane = f"{self.lane}弄" if self.lane else ""
        return f"{self.road}{lane}" + (f"{self.sublane}支弄" if self.sublane else "")

    @property
    def building(self) -> str:
        """The entrance or block with its suffix, as `12号` or `3幢`."""
        return f"{self.block}幢" if self.form == "block" else f"{self.gate}号"

    @property
    def door(self) -> str:
        """Unit, room and part of a room with their suffixes; empty for shops."""
        unit = f"{self.unit}单元" if self.unit else ""
        room = f"{self.room}室" if self.room else ""
        part = f"({self.part})" if self.room and len(self.part) > 1 else self.part
        return f"{unit}{room}{part}"

    @property
    def text(self) -> str:
        """The address without province, city, district and street, in its plain form."""
        return f"{self.anchor}{self.building}{self.door}"
