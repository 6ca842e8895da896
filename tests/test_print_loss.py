"""Papers of records that nothing writes yet: declaration of sales, notice of loss, claim with its checklist."""

import re

import msgspec
import pytest
from markupsafe import escape

from demo import claims
from domain.canonical import canonical
from domain.characters import HAN, TIBETAN
from domain.claim import Claim, LossNotice
from domain.declaration import Declaration
from domain.product import Product
from domain.schema import COMING
from domain.words import NAMES, LossCause
from i18n import text
from printing import claim, declaration, loss_notice
from printing.render import compose, render
from printing.rows import filled
from tests.papers import MARK, PLATES, html, pages, shown, ticks
from tests.sample import PRODUCT, changed
from tests.test_print_application import SAID, TEMPLATES

PAPERS = {
    "declaration": (declaration.paper(claims.declaration(), PRODUCT, MARK.digest), ["declaration.html"]),
    "loss_notice": (
        loss_notice.paper(claims.loss_notice(), PRODUCT, MARK.digest),
        ["loss_notice.html", "loss/parties.html", "loss/invoices.html"],
    ),
    "claim": (
        claim.paper(claims.claim(), PRODUCT, MARK.digest),
        ["claim.html", "loss/parties.html", "loss/invoices.html", "clocks.html"],
    ),
}


def labels(files):
    written = "".join((TEMPLATES / file).read_text("utf-8") for file in files)
    return sorted({one or other for one, other in SAID.findall(written)})


@pytest.mark.parametrize("order", ["zh_first", "bo_first"])
@pytest.mark.parametrize("name", PAPERS)
def test_every_label_is_there_in_both_scripts(name, order):
    paper, files = PAPERS[name]
    page = html(paper, order)
    for label in labels(files):
        assert TIBETAN.search(text("bo", label)), label
        assert not HAN.search(text("bo", label)), label
        assert str(escape(label)) in page
        assert str(escape(text("bo", label))) in page


@pytest.mark.parametrize(("record", "kind"), [
    (claims.declaration(), Declaration), (claims.loss_notice(), LossNotice), (claims.claim(), Claim),
])  # fmt: skip
def test_a_record_is_the_same_after_it_was_written_and_read(record, kind):
    assert msgspec.json.decode(canonical(record), type=kind) == record
    assert kind in {of for _, of in COMING.values()}


def test_the_sample_is_called_one():
    for record in (claims.declaration(), claims.loss_notice(), claims.claim()):
        assert "示例" in str(record)


@pytest.mark.parametrize("name", ["loss_notice", "claim"])
def test_the_time_to_tell_the_insurer_stands_with_its_source(name):
    page = shown(html(PAPERS[name][0]))
    for id in ("loss-notice",) if name == "loss_notice" else claim.CLOCKS:
        clock = next(clock for clock in PRODUCT.clocks if clock.id == id)
        assert clock.name.zh in page
        assert clock.name.bo in page
        assert f"{clock.source.zh} {clock.source.bo}" in page
        assert f"{clock.days} 个工作日" in page or f"{clock.days} 天" in page


@pytest.mark.parametrize("cause", LossCause)
def test_the_cause_is_ticked_among_all(cause):
    page = html(loss_notice.paper(changed(claims.loss_notice(), cause=cause), PRODUCT, MARK.digest))
    assert ticks(page) == ["✓" if other is cause else "" for other in LossCause]
    assert all(NAMES[other] in page for other in LossCause)


def test_what_is_owed_is_summed_up_and_written_in_capitals():
    page = shown(html(PAPERS["loss_notice"][0]))
    assert "¥21,017.50 人民币贰万壹仟零壹拾柒元伍角" in page


@pytest.mark.parametrize(("times", "sheets"), [(1, 1), (2, 2), (6, 2)])
def test_a_notice_of_many_invoices_takes_more_sheets_and_leaves_nothing_out(times, sheets):
    notice = claims.loss_notice()
    many = changed(notice, invoices=notice.invoices * times)
    composed = compose(loss_notice.paper(many, PRODUCT, MARK.digest), "bo_first", PLATES)
    assert (composed.whole, len(composed.plate.pages)) == (True, sheets)


def test_the_checklist_has_every_document_once_and_those_handed_in_are_ticked():
    record = claims.claim()
    page = html(PAPERS["claim"][0])
    listed = page[page.index('class="rows checklist"') :]
    for document in PRODUCT.claim_documents:
        assert listed.count(document.name.zh) == 1
        assert listed.count(document.name.bo) == 1
    handed = [document.id in record.documents for document in PRODUCT.claim_documents]
    assert ticks(listed) == ["✓" if one else "" for one in handed]
    assert any(handed)
    assert not all(handed)


def test_the_checklist_says_when_a_document_is_wanted():
    rows = re.findall(r"<tr>.*?</tr>", html(PAPERS["claim"][0]).split('class="rows checklist"')[1], re.DOTALL)[1:]
    for document, row in zip(PRODUCT.claim_documents, rows, strict=False):
        wanted = "有纠纷的" if document.disputed else NAMES[document.causes[0]] if document.causes else "都要"
        assert wanted in row


def test_the_account_is_whole_because_money_goes_there():
    page = shown(html(PAPERS["claim"][0]))
    payee = claims.claim().payee
    assert payee.account_number in page
    assert payee.bank in page


@pytest.mark.parametrize(("sales", "sheets"), [(1, 1), (8, 1), (9, 2), (25, 2), (26, 3)])
def test_a_long_declaration_goes_on_over_sheets(sales, sheets):
    paper = declaration.paper(claims.declaration(sales), PRODUCT, MARK.digest)
    assert len(pages(render(paper), dpi=20)) == sheets
    page = shown(html(paper))
    assert all(sale.invoice_number in page for sale in claims.declaration(sales).sales)


@pytest.mark.parametrize(("rows", "made"), [(0, 4), (1, 4), (4, 4), (5, 7), (7, 7), (8, 10)])
def test_rows_fill_their_sheet(rows, made):
    assert filled(range(rows), 4, 3) == [*range(rows), *[None] * (made - rows)]


def test_a_product_from_before_claim_documents_keeps_its_canonical_form():
    older = msgspec.to_builtins(PRODUCT)
    del older["claim_documents"]
    read = msgspec.convert(older, Product)
    assert read.claim_documents == ()
    assert b"claim_documents" not in canonical(read)
    assert b"claim_documents" in canonical(PRODUCT)
