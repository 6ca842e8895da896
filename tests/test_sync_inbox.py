"""What comes down: believed entry by entry, all of a message or nothing, and never in the way of what goes up."""

import resource
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite3
from msgspec.structs import replace

from domain.canonical import canonical
from domain.product import Product
from hub.catalogue import sign
from store import inbox, journal, products
from store.rehearsal import digests
from tests.insurer import PRODUCT
from tests.pair import DOWN, Pair, new_pair
from wire.entry import SALT_BYTES, Revision, place
from wire.header import Cursor
from wire.keys import SigningKey

OTHER = SigningKey(bytes(range(32)))


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def everything(pair: Pair) -> tuple[object, ...]:
    return digests(pair.db), inbox.cursor(pair.db, DOWN), journal.size(pair.db)


def signed_by_the_hub(pair: Pair, product: Product) -> bytes:
    return canonical(sign(product, pair.hub.key))


def signed_by_another(_pair: Pair, product: Product) -> bytes:
    return canonical(sign(product, OTHER))


def changed_after_signing(pair: Pair, product: Product) -> bytes:
    return canonical(replace(sign(product, pair.hub.key), product=replace(product, hotline="95000")))


def not_signed(_pair: Pair, product: Product) -> bytes:
    return canonical({"product": product, "key_id": "", "signature": ""})


def not_a_product(_pair: Pair, _product: Product) -> bytes:
    return b"[]"


def test_decisions_and_products_come_down(pair: Pair):
    (entry,) = pair.submit()
    pair.exchange()
    assert products.newest(pair.db) == PRODUCT
    assert pair.db.execute("SELECT application, outcome FROM decision").fetchall() == [(entry.record_id, "accepted")]
    assert pair.db.execute("SELECT outcome FROM application").fetchall() == [("accepted",)]


def test_it_takes_a_product_the_hub_signed(pair: Pair):
    second = replace(PRODUCT, version=2)
    entry = pair.next_from_hub(signed_by_the_hub(pair, second), "product")
    pair.line.down = pair.restated(entries=[entry])
    pair.exchange()
    assert products.find(pair.db, PRODUCT.id, 2) == second


@pytest.mark.parametrize("body", [signed_by_another, changed_after_signing, not_signed, not_a_product])
def test_it_refuses_a_product_the_hub_did_not_sign(pair: Pair, body: Callable[[Pair, Product], bytes]):
    entry = pair.next_from_hub(body(pair, replace(PRODUCT, version=2)), "product")
    pair.line.down = pair.restated(entries=[entry])
    before = everything(pair)
    assert pair.exchange().problem == "sync.unsigned_product"
    assert everything(pair) == before


def test_what_is_refused_does_not_stop_what_goes_up(pair: Pair):
    entry = pair.next_from_hub(not_a_product(pair, PRODUCT), "product")
    pair.line.down = pair.restated(entries=[entry])
    pair.submit(2)
    report = pair.exchange()
    assert (report.problem, report.received, report.confirmed) == ("sync.unsigned_product", 0, 2)


@pytest.mark.parametrize(("kind", "producer"), [("application", DOWN), ("decision", "hub/RK"), ("decision", "JL")])
def test_it_refuses_what_only_others_may_write(pair: Pair, kind: str, producer: str):
    pair.line.down = pair.restated(entries=[pair.next_from_hub(b"{}", kind, producer)])
    before = everything(pair)
    assert pair.exchange().problem == "sync.foreign_entry"
    assert everything(pair) == before


def test_it_refuses_entries_that_do_not_follow(pair: Pair):
    missing = pair.next_from_hub(b"{}", "notice")
    notice = {name: getattr(missing, name) for name in Revision.__struct_fields__}
    entry = place(
        Revision(**notice), producer=DOWN, epoch=missing.epoch, seq=missing.seq + 1, prev_hash=missing.hash,
        salt=b"t" * SALT_BYTES,
    )  # fmt: skip
    pair.line.down = pair.restated(entries=[entry])
    before = everything(pair)
    assert pair.exchange().problem == "journal.gap"
    assert everything(pair) == before


def test_it_refuses_another_content_for_a_record_it_holds(pair: Pair):
    (entry,) = pair.submit()
    pair.exchange()
    pair.line.down = pair.restated(entries=[pair.next_from_hub(b"{}", "notice", record_id=entry.record_id)])
    before = everything(pair)
    assert pair.exchange().problem == "sync.not_storable"
    assert everything(pair) == before


def test_words_of_a_newer_hub_are_kept_and_block_nothing(pair: Pair):
    newer = pair.next_from_hub(b'{"a_field_of_tomorrow":1}', "decision")
    pair.line.down = pair.restated(entries=[newer])
    assert pair.exchange().received == 1
    assert journal.find(pair.db, newer.record_id) == newer
    assert inbox.cursor(pair.db, DOWN) == Cursor(epoch=newer.epoch, seq=newer.seq, hash=newer.hash)


def test_a_full_disk_while_receiving_leaves_nothing_half(pair: Pair):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_the_disk(answer: bytes) -> bytes:
        pair.line.down = lambda answer: answer
        resource.setrlimit(resource.RLIMIT_FSIZE, (32 << 10, hard))
        return answer

    pair.submit(20)
    pair.reopen()
    before = everything(pair)
    pair.line.down = fill_the_disk
    try:
        with pytest.raises(sqlite3.OperationalError):
            pair.exchange()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert everything(pair) == before
    assert pair.exchange().complete
    assert pair.db.execute("SELECT count(*) FROM decision").fetchone()[0] == 20
