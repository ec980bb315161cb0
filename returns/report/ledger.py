"""A ledger (台账): the rows of one item of the catalogue, in words."""

from returns.package.item import Item, catalogue
from returns.receiver import Receiver
from returns.report.document import Document
from returns.sheet.label import Labels, in_words
from returns.sheet.layout import Column, fitting
from returns.version import Version


def ledger(item: Item, version: Version, receiver: Receiver, labels: Labels, mark: str) -> Document:
    """The document of one item, with the receiver's rows."""
    rows = item.paper_rows(version, receiver, catalogue().named)
    whose = f"{receiver.rights.name}：{receiver.area_name}　{rows.height} 行"
    told = f"{whose}　数据日期 {version.as_of}　版本 {version.name}　内部资料，注意保密"
    shown = [
        {"_number": number, **in_words(row, item.codes, labels)} for number, row in enumerate(rows.iter_rows(named=True), start=1)
    ]
    labelled = [("_number", "序号"), *item.paper.columns.items()]
    columns = [Column(name, label, fitting(label, (row.get(name) for row in shown))) for name, label in labelled]
    return Document(item.name, told, columns, shown, mark)
