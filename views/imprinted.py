"""Papers that carry their record (带数据的打印件): as square codes, and as a file in the PDF, byte for byte."""

import imprint
from domain.application import Application
from domain.errors import NotFound
from domain.product import Product
from printing import application, datasheet
from printing.application import MOST_CODES
from printing.paper import Mark, Paper
from wire.entry import Entry

SHEET = "data-sheet"


def form(record: Application, product: Product, mark: Mark, entry: Entry) -> Paper:
    """Return the application form of *entry*; more codes than it has room for stand on its data sheet."""
    return application.paper(record, product, mark, entry.body, imprint.written(entry))


def sheet(record: Application, product: Product, mark: Mark, entry: Entry) -> Paper:
    """Return the data sheet of *entry*; raise NotFound where all codes stand on the form."""
    if not has_sheet(entry):
        raise NotFound("paper_on_form")
    return datasheet.paper(record, product, mark, imprint.written(entry))


def has_sheet(entry: Entry | None) -> bool:
    """Say whether the codes of *entry* need a sheet of their own."""
    return entry is not None and not entry.erased and len(imprint.written(entry)) > MOST_CODES
