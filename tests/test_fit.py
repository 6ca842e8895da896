"""Nobody makes a message that its receiver must refuse, and no record is kept that no message could carry."""

import string
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from domain.errors import FieldError
from hub.store import journal as hub_journal
from hub.store.engine import write as write_hub
from store import journal
from store.connection import write
from tests.pair import new_pair
from wire import fit
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place
from wire.fit import MOST_BODY, fitting
from wire.header import CODECS, GZIP, Codec
from wire.keys import SigningKey
from wire.message import LIMITS, Limits, pack

SMALL = Limits(message=100_000)
PRINTED = string.ascii_letters + string.digits + string.punctuation.replace('"', "").replace("\\", "")


def text(chance: Random, size: int) -> str:
    return '"' + "".join(chance.choices(PRINTED, k=size - 2)) + '"'


def escapes(chance: Random, size: int) -> str:
    return '"' + "".join(chance.choices(('\\"', "\\\\", "ab"), k=size // 2 - 1)) + '"'


def numbers(chance: Random, size: int) -> str:
    return "[" + ",".join(str(chance.randrange(10**15, 2**53)) for _ in range(size // 17)) + "]"


def words(chance: Random, size: int) -> str:
    return '"' + "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(size // 3 - 1)) + '"'


def nested(chance: Random, size: int) -> str:
    return "[" + ",".join(chance.choices(("[]", "{}", '{"a":1}', "[null]", "7"), k=size // 4)) + "]"


def revision(body: str, number: int, kind: str = "notice") -> Revision:
    return Revision(record_id=f"{number:036}", kind=kind, revision=1, form_version=1, made_at="2026-11-20T01:02:03Z",
                    made_by="示例", body=body.encode())  # fmt: skip


def chain(revisions: list[Revision], chance: Random) -> list[Entry]:
    entries: list[Entry] = []
    for seq, one in enumerate(revisions, start=1):
        last = entries[-1].hash if entries else GENESIS
        salt = chance.randbytes(SALT_BYTES)
        entries.append(place(one, producer="JL", epoch="e", seq=seq, prev_hash=last, salt=salt))
    return entries


@pytest.mark.parametrize("codecs", [CODECS, (GZIP,)], ids=["columns", "gzip"])
@pytest.mark.parametrize("content", [text, escapes, numbers, words, nested])
def test_what_fits_is_never_too_large(content: Callable[[Random, int], str], codecs: tuple[Codec, ...], monkeypatch):
    monkeypatch.setattr(fit, "LIMITS", SMALL)
    chance = Random(1)
    offered = chain([revision(content(chance, 900), n) for n in range(600)], chance)
    chosen = fitting(offered)
    message = pack(SigningKey.generate(), sender="JL", receiver="h", nonce="n", entries=chosen, codecs=codecs)
    assert chosen
    assert len(message) <= SMALL.message


def test_the_largest_records_travel_up_and_down(tmp_path: Path):
    pair, chance = new_pair(tmp_path), Random(2)
    up = [revision(text(chance, MOST_BODY), number) for number in range(3)]
    down = [revision(text(chance, MOST_BODY), number) for number in range(10, 13)]
    pair.submit(1)
    with write(pair.db):
        for one in up:
            journal.append(pair.db, one)
    with write_hub(pair.hub.engine) as connection:
        hub_journal.append(connection, "JL", down)
    report = pair.exchange()
    assert (report.complete, report.confirmed, report.received) == (True, 4, 5)
    assert max(map(len, [*pair.line.messages, *pair.line.answers])) <= LIMITS.message


def test_a_record_that_no_message_could_carry_is_refused_where_it_is_written(tmp_path: Path):
    pair = new_pair(tmp_path)
    large = revision('"' + "x" * (MOST_BODY - 1) + '"', 1)
    with pytest.raises(FieldError, match="record_too_large"), write(pair.db):
        journal.append(pair.db, large)
    with pytest.raises(FieldError, match="record_too_large"), write_hub(pair.hub.engine) as connection:
        hub_journal.append(connection, "JL", [large])
    pair.submit(1)
    assert pair.exchange().complete
