"""What people did at the counter (操作记录): who, what and on which record, never with a person's data."""

from enum import StrEnum

from domain.application import Record


class Action(StrEnum):
    """What somebody did; ``Activity.subject`` says to whom or to which record."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SCREEN_UNLOCKED = "screen_unlocked"
    STAFF_ADDED = "staff_added"
    STAFF_LEFT = "staff_left"
    STAFF_RETURNED = "staff_returned"
    STAFF_UNLOCKED = "staff_unlocked"
    PIN_CHANGED = "pin_changed"
    PRINTED = "printed"
    REVEALED = "revealed"
    RESTORED = "restored"


class Activity(Record, frozen=True, kw_only=True):
    """One act. ``staff`` is the id of who did it, empty for the console and for a name nobody has."""

    action: Action
    staff: str
    subject: str = ""
