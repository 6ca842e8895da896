"""A burnt machine: what was printed comes back as it was, and the hub holds every application once."""

from pathlib import Path
from random import Random

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

import imprint
from domain.activity import Action
from domain.canonical import canonical
from domain.errors import Conflict, NotFound, Refused
from domain.reference import reference_for
from hub import orders
from hub.enrolment import enrol
from hub.store import tables
from hub.store.engine import read
from hub.store.points import Point
from imprint import digits
from store import applications, journal, ledger, products, restoration
from store import exchange as marks
from store.connection import connect, write
from store.restoration import Outcome
from sync.enrolment import read_document, take
from tests import prepared
from tests.erasing import found, secret, taken
from tests.insurer import application, for_underwriter
from tests.pair import STAMP, Line, Pair, new_pair
from tests.sample import PRODUCT
from wire.entry import Entry, Revision
from wire.status_code import status_code


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


def burnt(pair: Pair, folder: Path) -> Pair:
    """Lose everything at the point but its key, and enrol a new machine."""
    folder.mkdir()
    prepared.point(folder / "point.db")
    db = connect(folder / "point.db")
    document = msgspec.json.encode(enrol(pair.hub, Point(STAMP, "540234", ""), pair.key.public))
    with write(db):
        take(db, read_document(document))
    return Pair(folder, pair.hub, db, pair.key, Line(pair.hub))


def printed(entry: Entry) -> imprint.Content:
    """Return what any few of the codes on its paper say."""
    codes = imprint.written(entry)
    parts = [part for code in Random(1).sample(codes, len(codes)) for part in digits.parts(code)]
    content = imprint.read(parts[: parts[0].parts])
    assert content
    return content


def put_back(pair: Pair, *entries: Entry) -> list[Outcome]:
    contents = [printed(entry) for entry in entries]
    return [restoration.put_back(pair.db, one.revision, one.salt, "示例主管")[0] for one in contents]


def is_same(now: Entry | None, before: Entry) -> bool:
    """Say whether every field of a revision is what it was, with the first one's salt too."""
    salt = ("salt", "body_hash") if before.revision == 1 else ()
    return all(getattr(now, name) == getattr(before, name) for name in (*Revision.__struct_fields__, *salt))


def at_hub(pair: Pair) -> tuple[int, int, int]:
    """Return how many applications the hub lists, how many there are by its journal, how many decisions it made."""
    entry, shown = tables.entry.c, tables.application
    with read(pair.hub.engine) as connection:
        listed = connection.scalar(select(func.count()).select_from(shown)) or 0
        ids = connection.scalar(select(func.count(entry.record_id.distinct())).where(entry.kind == "application")) or 0
        decided = connection.scalar(select(func.count()).where(entry.kind == "decision")) or 0
    return listed, ids, decided


def corrected(pair: Pair, entry: Entry) -> Entry:
    with write(pair.db):
        record = applications.read(pair.db, entry.record_id)
        return applications.append(pair.db, replace(record, clerk="示例乙"), "示例乙", entry.revision + 1)


def test_before_any_exchange_every_field_is_what_it_was(pair: Pair, tmp_path: Path) -> None:
    sent = pair.submit(4)
    new = burnt(pair, tmp_path / "new")
    assert put_back(new, *sent) == [Outcome.RESTORED] * 4
    assert all(is_same(journal.find(new.db, entry.record_id), entry) for entry in sent)
    assert all(applications.read(new.db, one.record_id) == applications.read(pair.db, one.record_id) for one in sent)
    assert [status_code(entry) for entry in sent] == [
        status_code(found) for entry in sent if (found := journal.find(new.db, entry.record_id, 1))
    ]
    assert journal.verify(new.db) == []
    assert ledger.count(new.db) == ledger.Ledger(total=4, confirmed=0, sent=0, pending=4)


def test_what_the_hub_held_is_there_once_and_confirmed(pair: Pair, tmp_path: Path) -> None:
    sent = pair.submit(3)
    with write(pair.db):
        sent.append(applications.append(pair.db, for_underwriter(STAMP), "示例柜员"))
    pair.exchange()
    before = at_hub(pair)
    new = burnt(pair, tmp_path / "new")
    put_back(new, *sent)
    report = new.exchange()
    assert (report.complete, report.problem, marks.frozen(new.db)) == (True, "", False)
    assert at_hub(new) == before == (4, 4, 3)
    assert ledger.count(new.db) == ledger.Ledger(total=4, confirmed=4, sent=0, pending=0)
    assert {one.outcome for one in applications.page(new.db)} == {"accepted", None}
    assert all({entry.body for entry in journal.revisions(new.db, one.record_id)} == {one.body} for one in sent)
    assert {found.revision for one in sent for found in journal.revisions(new.db, one.record_id)} == {1}
    assert new.exchange().complete and at_hub(new) == before


def test_what_the_hub_lacked_it_gets_now_and_judges_once(pair: Pair, tmp_path: Path) -> None:
    held = pair.submit(2)
    pair.exchange()
    lacked = pair.submit(2)
    new = burnt(pair, tmp_path / "new")
    put_back(new, *held, *lacked)
    assert new.exchange().complete
    assert at_hub(new) == (4, 4, 4)
    assert ledger.count(new.db).confirmed == 4
    assert [one.outcome for one in applications.page(new.db)] == ["accepted"] * 4


def test_after_an_exchange_what_came_from_the_hub_is_here_already(pair: Pair, tmp_path: Path) -> None:
    held = pair.submit(2)
    pair.exchange()
    lacked = pair.submit(1)
    new = burnt(pair, tmp_path / "new")
    new.exchange()
    assert put_back(new, *held, *lacked) == [Outcome.HERE, Outcome.HERE, Outcome.RESTORED]
    assert new.exchange().complete
    assert at_hub(new) == (3, 3, 3)


def test_again_it_changes_nothing(pair: Pair, tmp_path: Path) -> None:
    (sent,) = pair.submit(1)
    new = burnt(pair, tmp_path / "new")
    put_back(new, sent)
    size = journal.size(new.db)
    assert put_back(new, sent, sent) == [Outcome.HERE, Outcome.HERE]
    assert journal.size(new.db) == size


@pytest.mark.parametrize("first", [1, 2])
def test_in_either_order_the_newer_revision_stands(pair: Pair, tmp_path: Path, first: int) -> None:
    (one,) = pair.submit(1)
    two = corrected(pair, one)
    new = burnt(pair, tmp_path / "new")
    order = [one, two] if first == 1 else [two, one]
    second = Outcome.RESTORED if first == 1 else Outcome.NEWER_HERE
    assert put_back(new, *order) == [Outcome.RESTORED, second]
    assert is_same(journal.find(new.db, one.record_id), two)
    assert applications.read(new.db, one.record_id).clerk == "示例乙"
    assert new.exchange().complete
    assert at_hub(new)[:2] == (1, 1)


def test_the_journal_remembers_who_restored_what(pair: Pair, tmp_path: Path) -> None:
    (sent,) = pair.submit(1)
    new = burnt(pair, tmp_path / "new")
    put_back(new, sent)
    (kept,) = [one for one in journal.stream(new.db, *journal.own_stream(new.db)) if one.kind == "activity"]
    noted = msgspec.json.decode(kept.body)
    assert (noted["action"], noted["staff"], noted["subject"]) == (Action.RESTORED, "示例主管", sent.record_id)


def test_a_correction_after_the_restore_goes_on_from_there(pair: Pair, tmp_path: Path) -> None:
    (sent,) = pair.submit(1)
    pair.exchange()
    new = burnt(pair, tmp_path / "new")
    put_back(new, sent)
    corrected(new, sent)
    assert new.exchange().complete
    assert applications.read(new.db, sent.record_id).clerk == "示例乙"
    assert ledger.count(new.db) == ledger.Ledger(total=1, confirmed=1, sent=0, pending=0)


# What must not come back.


def test_what_the_insurer_had_erased_is_gone_again_before_any_of_it_leaves(pair: Pair, tmp_path: Path) -> None:
    record = taken(pair, secret())
    entry = journal.find(pair.db, str(record.record_id))
    assert entry
    content = printed(entry)
    pair.exchange()
    orders.erase(pair.hub, "JL", str(record.reference), "示例")
    assert pair.exchange().complete
    pair.db.conn.close()
    new = burnt(pair, tmp_path / "new")
    restoration.put_back(new.db, content.revision, content.salt, "")
    assert new.exchange().complete
    with pytest.raises(NotFound):
        applications.summary(new.db, str(record.reference))
    new.db.conn.close()
    assert found(tmp_path) == set()


def test_once_its_erasure_is_known_it_is_refused(pair: Pair, tmp_path: Path) -> None:
    record = taken(pair, secret())
    entry = journal.find(pair.db, str(record.record_id))
    assert entry
    content = printed(entry)
    pair.exchange()
    orders.erase(pair.hub, "JL", str(record.reference), "示例")
    pair.exchange()
    new = burnt(pair, tmp_path / "new")
    new.exchange()
    for db in (pair.db, new.db):
        with pytest.raises(Refused, match=r"imprint\.erased"):
            restoration.put_back(db, content.revision, content.salt, "")


def refused(pair: Pair, revision: Revision) -> str:
    with pytest.raises((Refused, Conflict)) as caught:
        restoration.put_back(pair.db, revision, bytes(16), "")
    assert journal.find(pair.db, revision.record_id) is None
    return caught.value.code


def test_another_points_paper_a_contradiction_and_a_newer_form_are_refused(pair: Pair) -> None:
    record = application(STAMP)
    with write(pair.db):
        made = applications.append(pair.db, application(STAMP), "示例柜员")
    new = printed(made).revision
    new = replace(new, record_id=str(record.record_id), body=canonical(record))
    other = application(replace(STAMP, code="NLZX"))
    newer = msgspec.json.encode(msgspec.json.decode(new.body) | {"more": 1}, order="sorted")
    wrong = canonical(replace(record, reference="JL-26-0000-0000-0"))
    none = canonical(replace(record, reference=None))
    cases = {
        "imprint.other_point": replace(new, record_id=str(other.record_id), body=canonical(other)),
        "imprint.contradictory": replace(new, body=wrong),
        "imprint.newer": replace(new, body=newer),
    }
    assert {code: refused(pair, one) for code, one in cases.items()} == {code: code for code in cases}
    for body in (canonical(other), none, canonical(replace(record, reference="JL-²6-0000-0000-0"))):
        assert refused(pair, replace(new, body=body)) == "imprint.contradictory"
    assert refused(pair, replace(new, kind="lead")) == "imprint.newer"


def test_a_number_given_the_year_before_is_right(pair: Pair) -> None:
    record = application(STAMP)
    assert record.applied_on
    earlier = replace(record, reference=reference_for(str(record.record_id), "JL", record.applied_on.year - 1))
    with write(pair.db):
        made = applications.append(pair.db, application(STAMP), "示例柜员")
    new = replace(printed(made).revision, record_id=str(record.record_id), body=canonical(earlier))
    assert restoration.put_back(pair.db, new, bytes(16), "") == (Outcome.RESTORED, earlier.reference)


def test_the_same_revision_with_other_content_changes_nothing(pair: Pair) -> None:
    (sent,) = pair.submit(1)
    other = replace(applications.read(pair.db, sent.record_id), clerk="示例乙")
    with pytest.raises(Conflict, match=r"imprint\.other_content"):
        restoration.put_back(pair.db, replace(printed(sent).revision, body=canonical(other)), sent.salt, "")
    assert applications.read(pair.db, sent.record_id).clerk == "示例柜员"


def test_before_enrolment_it_says_so(pair: Pair, tmp_path: Path) -> None:
    (sent,) = pair.submit(1)
    prepared.point(tmp_path / "bare.db")
    with pytest.raises(NotFound, match=r"installation\.not_enrolled"):
        restoration.put_back(connect(tmp_path / "bare.db"), printed(sent).revision, sent.salt, "")


def test_its_product_comes_down_as_ever(pair: Pair, tmp_path: Path) -> None:
    (sent,) = pair.submit(1)
    new = burnt(pair, tmp_path / "new")
    put_back(new, sent)
    assert products.find(new.db, PRODUCT.id, PRODUCT.version) is None
    new.exchange()
    assert products.find(new.db, PRODUCT.id, PRODUCT.version) == PRODUCT
