"""Forms as a point prints them: the pages that carry the codes, of many records in few shapes, which share plates."""

from collections.abc import Iterator, Sequence
from random import Random

import msgspec
import pypdfium2
from PIL.Image import Image

from domain.application import Application
from printing.paper import Paper
from printing.render import render_all
from tests.imprints import taken
from tests.papers import MARK, PLATES
from tests.sample import PRODUCT, changed
from views import imprinted
from wire.entry import Entry

DECODER = msgspec.json.Decoder(Application)
KINDS = (1, 2, 3)  # buyers
FORM_PAGES = 2


def alike(count: int) -> list[Application]:
    """Return *count* different applications of a few shapes, with one to three buyers."""
    typed = iter(taken(count, seed=2))
    models = [_model(buyers) for buyers in KINDS]
    return [_varied(models[number % len(models)], one, number) for number, one in enumerate(typed)]


def leaves(entries: Sequence[Entry], dpi: int, order: str = "zh_first") -> Iterator[Image]:
    """Yield of each entry the page on which its codes stand, the form's second or its data sheet."""
    document, number = pypdfium2.PdfDocument(printed(entries, order)), -1
    for one in entries:
        number += FORM_PAGES + imprinted.has_sheet(one)
        yield document[number].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    document.close()


def printed(entries: Sequence[Entry], order: str = "zh_first") -> bytes:
    """Return the forms of *entries*, each with its data sheet if it has one, as one PDF."""
    return render_all([paper for one in entries for paper in _papers(one)], order, plates=PLATES)


def _papers(one: Entry) -> Iterator[Paper]:
    record = DECODER.decode(one.body)
    makers = (imprinted.form, imprinted.sheet) if imprinted.has_sheet(one) else (imprinted.form,)
    yield from (make(record, PRODUCT, MARK, one) for make in makers)


def _model(buyers: int) -> Application:
    return next(one for one in taken(40) if len(one.buyers) == buyers)


def _varied(model: Application, like: Application, number: int) -> Application:
    """Return *model* under the number of *like*, with other letters and digits of the same length."""
    dice, holder = Random(number), model.policyholder
    name = "".join(dice.sample(holder.name, len(holder.name)))
    buyer = "".join(dice.sample(model.buyers[0].name, len(model.buyers[0].name)))
    whose = {"record_id": like.record_id, "reference": like.reference, "policyholder__mobile": f"1990000{number:04}"}
    varied: Application = changed(model, policyholder__name=name, buyers__0__name=buyer, **whose)
    return varied
