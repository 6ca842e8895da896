"""Nothing that people typed is markup, a template, an address to fetch or a way to turn the line around."""

from dataclasses import replace

import pytest
from markupsafe import escape
from msgspec import structs
from weasyprint.urls import FatalURLFetchingError

from printing.press.layout import lay_out
from printing.render import render
from tests.papers import PLAIN, form, html, pages, words
from tests.sample import PRODUCT, changed

CANARIES = ("<script>alert(1)</script>", "<img src=http://127.0.0.1:9/x>", "</td></table>&amp;", "{{ 7*7 }}", "'\"--")
FIELDS = (
    "policyholder__name", "policyholder__address", "policyholder__main_business", "policyholder__contact",
    "policyholder__legal_representative", "policyholder__affiliates", "business__unpaid_reason",
    "business__other_insurer", "buyers__0__name", "buyers__0__address", "buyers__0__relation",
    "buyers__0__credit_grade__grade", "buyers__0__credit_grade__source", "buyers__0__trade__goods",
    "buyers__0__trade__contract_number", "buyers__0__trade__invoice_number", "buyers__0__arrears__note",
    "clerk", "point__name",
)  # fmt: skip
SHOWN = {"business__unpaid_losses": True, "buyers__0__arrears__owed": True}
STEERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("field", FIELDS)
def test_markup_in_any_field_is_printed_as_text(field, canary):
    page = html(form(changed(PLAIN, **SHOWN | {field: canary})))
    assert str(escape(canary)) in page
    assert page.count("<img") == 1
    assert "<script" not in page


def test_the_paper_fetches_nothing():
    assert "<img src=http://127.0.0.1:9/x>" in words(render(form(changed(PLAIN, buyers__0__name=CANARIES[1]))))


@pytest.mark.parametrize("steering", STEERING)
def test_controls_of_direction_change_nothing_on_paper(steering):
    name = PLAIN.policyholder.name
    steered = name[:4] + steering + name[4:]
    assert render(form(changed(PLAIN, policyholder__name=steered))) == render(form())


def test_markup_in_the_product_is_printed_as_text():
    paper = form()
    shouting = structs.replace(PRODUCT, name=structs.replace(PRODUCT.name, zh=CANARIES[0], bo=CANARIES[0]))
    changed_paper = replace(paper, values=paper.values | {"product": shouting})
    assert "<script" not in html(changed_paper)
    assert len(pages(render(changed_paper), dpi=20)) == 2


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x", "https://127.0.0.1:9/x"])
def test_not_even_a_template_could_fetch_from_elsewhere(address):
    with pytest.raises(FatalURLFetchingError):
        lay_out(f'<html><body><img src="{address}">')
