import msgspec
import pytest
from sqlite_utils import Database

from domain.activity import Action, Activity
from domain.application import PointStamp
from domain.errors import Refused
from domain.words import PointKind, Role
from store import activity, installation, journal, sessions, sign_in, staff
from store.connection import write
from store.staff import Staff
from tests.browser import PEPPER, PIN


@pytest.fixture
def enrolled(db: Database, clerk: Staff) -> Database:
    """A point that has a journal."""
    stamp = PointStamp(code="JL", name="吉隆示例服务点", kind=PointKind.COOPERATIVE)
    found = installation.Installation(
        stamp=stamp, county="540234", licence="", hub="hub", hub_url="http://127.0.0.1:1", hub_key=b"k" * 32
    )
    with write(db):
        installation.enrol(db, found)
    return db


def acts(db: Database) -> list[Activity]:
    rows = db.execute("SELECT body FROM journal WHERE kind = 'activity' ORDER BY id").fetchall()
    return [msgspec.json.decode(row[0], type=Activity) for row in rows]


def test_it_keeps_who_did_what_to_which_record(enrolled: Database, clerk: Staff) -> None:
    activity.note(enrolled, clerk.id, Action.PRINTED, "01936b2e-7c00-7000-8000-000000000001")
    assert acts(enrolled) == [
        Activity(action=Action.PRINTED, staff=clerk.id, subject="01936b2e-7c00-7000-8000-000000000001")
    ]
    assert journal.verify(enrolled) == []


def test_before_enrolment_there_is_nowhere_to_keep_it(db: Database, clerk: Staff) -> None:
    activity.note(db, clerk.id, Action.PRINTED)
    assert db["journal"].count == 0


def test_signing_in_and_out_is_kept_and_so_is_every_failure(enrolled: Database, clerk: Staff) -> None:
    for name in (clerk.name, "示例无人"):
        with pytest.raises(Refused):
            sign_in.sign_in(enrolled, name, "314159", PEPPER, 0)
    token = sessions.start(enrolled, sign_in.sign_in(enrolled, clerk.name, PIN, PEPPER, 0).id, 0)
    sessions.end(enrolled, token)
    assert [(act.action, act.staff) for act in acts(enrolled)] == [
        (Action.SIGN_IN_FAILED, clerk.id),
        (Action.SIGN_IN_FAILED, ""),
        (Action.SIGNED_IN, clerk.id),
        (Action.SIGNED_OUT, clerk.id),
    ]


def test_what_a_manager_does_to_staff_is_kept(enrolled: Database, manager: Staff) -> None:
    person = staff.add(enrolled, "示例新人", Role.CLERK, PIN, PEPPER, manager.id)
    staff.change_pin(enrolled, person.id, "161803", PEPPER, manager.id)
    sign_in.unlock(enrolled, person, PEPPER, manager.id)
    staff.deactivate(enrolled, person.id, manager.id)
    staff.reactivate(enrolled, person.id, manager.id)
    actions = [Action.STAFF_ADDED, Action.PIN_CHANGED, Action.STAFF_UNLOCKED, Action.STAFF_LEFT, Action.STAFF_RETURNED]
    assert acts(enrolled) == [Activity(action=action, staff=manager.id, subject=person.id) for action in actions]


def test_it_never_keeps_a_name_or_a_pin(enrolled: Database, manager: Staff) -> None:
    staff.add(enrolled, "示例新人", Role.CLERK, PIN, PEPPER, manager.id)
    with pytest.raises(Refused):
        sign_in.sign_in(enrolled, "示例新人", "314159", PEPPER, 0)
    journal_as_text = str(enrolled.execute("SELECT group_concat(CAST(body AS TEXT)) FROM journal").fetchone())
    assert "示例" not in journal_as_text
    assert PIN not in journal_as_text
