"""The point's signed word that it has an application: only its own key's word counts."""

import base64
import json

import msgspec
import pytest
from flask import Flask
from sqlite_utils import Database

from slip import read
from store import journal, receipts
from store.connection import write
from tests.browser import Browser
from tests.enrolment import enrol
from tests.trader import RECORD, send, slip, told
from wire.keys import PublicKey, SigningKey
from wire.receipt import CONTEXT, Receipt, Signed, sign
from wire.status_code import status_code

KEY = SigningKey(b"k" * 32)
RECEIPT = Receipt(
    id=RECORD, digest="0" * 64, reference="JL-26-4F7K-9QTM-W", code="7K3M9QTM4F7KW2XY",
    received_at="2026-11-20T04:05:06Z", point="JL",
)  # fmt: skip


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_it_is_known_by_its_key_alone() -> None:
    signed = sign(RECEIPT, KEY)
    assert signed.is_from(KEY.public) and not signed.is_from(SigningKey(b"o" * 32).public)
    assert signed.receipt == RECEIPT


@pytest.mark.parametrize("field", ["id", "digest", "reference", "code", "received_at", "point"])
def test_nothing_in_it_can_be_changed(field: str) -> None:
    signed = sign(RECEIPT, KEY)
    forged = msgspec.structs.replace(signed, signed=signed.signed.replace(getattr(RECEIPT, field).encode(), b"x"))
    assert forged.signed != signed.signed and not forged.is_from(KEY.public)


def test_a_signature_of_something_else_is_none() -> None:
    signed = sign(RECEIPT, KEY)
    assert not Signed(signed.signed, KEY.sign(signed.signed)).is_from(KEY.public)
    assert KEY.public.verify(signed.signature, CONTEXT + signed.signed)


@pytest.mark.parametrize("address", ["/apply", "/apply?lang=bo"])
def test_a_phone_can_tell_it_by_what_the_page_gave_it(client: Browser, db: Database, address: str) -> None:
    enrol(db)
    page = client.get(address).text
    key = PublicKey(decoded(page.split('data-key="')[1].split('"')[0]))
    answer = told(send(client, slip()))
    signed = Signed(decoded(answer["signed"]), decoded(answer["signature"]))
    assert signed.is_from(key)
    assert json.loads(signed.signed)["digest"] == read(slip()).digest.hex()


def test_it_names_what_is_in_the_journal(client: Browser, db: Database) -> None:
    enrol(db)
    receipt = receipt_of(told(send(client, slip())))
    entry = journal.find(db, RECORD)
    assert entry is not None
    assert (receipt.id, receipt.point, receipt.received_at) == (RECORD, "JL", entry.made_at)
    assert receipt.code == status_code(entry)
    kept = receipts.find(db, RECORD)
    assert kept is not None and kept.receipt == receipt


def test_a_receipt_and_its_record_come_together_or_not_at_all(app: Flask, client: Browser, db: Database) -> None:
    enrol(db)
    db.execute("CREATE TRIGGER broken BEFORE INSERT ON receipt BEGIN SELECT RAISE(ABORT, 'x'); END")
    assert send(client, slip()).status_code == 500
    assert journal.find(db, RECORD) is None
    db.execute("DROP TRIGGER broken")
    assert send(client, slip()).status_code == 201


def test_it_is_taken_out_alone(db: Database) -> None:
    with write(db):
        receipts.keep(db, sign(RECEIPT, KEY))
        receipts.remove(db, RECORD)
    assert receipts.find(db, RECORD) is None


def receipt_of(answer: dict[str, str]) -> Receipt:
    return msgspec.json.decode(decoded(answer["signed"]), type=Receipt)
