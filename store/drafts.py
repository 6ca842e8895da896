"""Drafts (草稿): what is typed but not yet submitted, private to the member of staff who types it."""

import json
from typing import Any

import msgspec
from sqlite_utils import Database

from domain.errors import NotFound, Refused
from store import attachments
from store.clock import now
from store.connection import write

_COLUMNS = "id, staff, answers, revises, title, started_at, saved_at"
Answers = dict[str, Any]
# What a draft holds that was begun and answered no further.
FIRST = {"product", "start"}


class Draft(msgspec.Struct, frozen=True):
    """Answers as typed, by step; ``revises`` is the revision this draft corrects, 0 for a new application."""

    id: str
    staff: str
    answers: Answers
    revises: int
    title: str
    started_at: str
    saved_at: str


def start(db: Database, draft_id: str, staff: str, answers: Answers, revises: int = 0, title: str = "") -> None:
    """Keep a new draft; starting the same one twice changes nothing."""
    with write(db):
        db.execute(
            f"INSERT INTO draft ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            [draft_id, staff, _text(answers), revises, title, now(), now()],
        )


def get(db: Database, draft_id: str, staff: str) -> Draft:
    """Return this person's draft; raise NotFound for anybody else's."""
    row = db.execute(f"SELECT {_COLUMNS} FROM draft WHERE id = ? AND staff = ?", [draft_id, staff]).fetchone()
    if row is None:
        raise NotFound("draft_not_found")
    return _draft(row)


def holder(db: Database, draft_id: str) -> str | None:
    """Return the id of the member of staff who has this draft, or None where there is none."""
    row = db.execute("SELECT staff FROM draft WHERE id = ?", [draft_id]).fetchone()
    return row[0] if row else None


def hand_over(db: Database, draft_id: str, staff: str) -> None:
    """Give the draft to another member of staff: the one before whom its trader stands."""
    with write(db):
        db.execute("UPDATE draft SET staff = ? WHERE id = ?", [staff, draft_id])


def mine(db: Database, staff: str) -> list[Draft]:
    """Return this person's drafts, the last one saved first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM draft WHERE staff = ? ORDER BY saved_at DESC, id DESC", [staff])
    return [_draft(row) for row in rows]


def save(db: Database, draft_id: str, staff: str, part: str, typed: Any, number: int | None = None) -> None:
    """Keep what was typed in one step, or in buyer *number* (from 0), right or wrong."""
    with write(db):
        draft = get(db, draft_id, staff)
        if number is None:
            answers = {**draft.answers, part: typed}
        else:
            answers = {**draft.answers, part: _placed(draft.answers.get(part, []), number, typed)}
        _keep(db, draft_id, answers, _title(answers) or draft.title)


def require_just_begun(draft: Draft) -> None:
    """Raise Refused where more than the first answers is there already."""
    if set(draft.answers) - FIRST or draft.revises:
        raise Refused("blank.begun")


def renumber(db: Database, draft: Draft, blank: str, reference: str) -> None:
    """Let a draft go on as that of the blank form *reference*, whose application has the id *blank*.

    Raises Refused where it was not just begun.
    """
    require_just_begun(draft)
    answers = {**draft.answers, "blank": reference}
    with write(db):
        db.execute(
            f"INSERT INTO draft ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [blank, draft.staff, _text(answers), 0, reference, draft.started_at, now()],
        )
        drop(db, draft.id, draft.staff)


def remove_buyer(db: Database, draft_id: str, staff: str, number: int) -> None:
    """Take one buyer out of the draft."""
    with write(db):
        answers = get(db, draft_id, staff).answers
        buyers = [buyer for place, buyer in enumerate(answers.get("buyers", [])) if place != number]
        _keep(db, draft_id, {**answers, "buyers": buyers}, _title(answers))


def discard(db: Database, draft_id: str, staff: str) -> None:
    """Throw the draft away, because it was submitted or the person said so."""
    with write(db):
        drop(db, draft_id, staff)


def drop(db: Database, draft_id: str, staff: str) -> None:
    """Throw the draft away inside the caller's transaction."""
    pictures = attachments.digests(db, draft_id)
    db.execute("DELETE FROM draft WHERE id = ? AND staff = ?", [draft_id, staff])
    attachments.sweep(db, pictures)


def _keep(db: Database, draft_id: str, answers: Answers, title: str) -> None:
    db.execute(
        "UPDATE draft SET answers = ?, title = ?, saved_at = ? WHERE id = ?", [_text(answers), title, now(), draft_id]
    )


def _placed(buyers: list[Any], number: int, typed: Any) -> list[Any]:
    return [*buyers[:number], typed, *buyers[number + 1 :]]


def _title(answers: Answers) -> str:
    return str((answers.get("policyholder", {}).get("name") or [""])[0])


def _text(answers: Answers) -> str:
    return json.dumps(answers, ensure_ascii=False)


def _draft(row: Any) -> Draft:
    return Draft(row[0], row[1], json.loads(row[2]), *tuple(row)[3:])
