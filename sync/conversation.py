"""The talk with the hub over the line (对话): one message out, its proved answer back."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Unpack

from sqlite_utils import Database

from store import exchange as marks
from store import installation, tail
from store.connection import write
from store.installation import Installation
from sync import signed
from sync.errors import ExchangeFailed, NotSpoken
from sync.rotation import Rotation
from sync.transport import Transport
from wire.entry import Entry
from wire.header import CODECS, GZIP, Codec, Holds, NextKey
from wire.keys import SigningKey
from wire.message import Message, Packed, signed_head
from wire.seal import is_recipient

FIRST_FORM: tuple[Codec, ...] = (GZIP,)


@dataclass(frozen=True)
class Answer:
    """What the hub said: its proved message, the signed head that is the proof, and the seconds until it was here."""

    message: Message
    proof: bytes
    seconds: float


@dataclass
class Conversation:
    """Who talks to whom, signed with *key* or, where it may change, with that of *rotation*, in which *codecs*.

    With *seal_to*, our own recipient, the hub is asked for its own until it has said it. *stated*: it was told once
    what it had signed for.
    """

    db: Database
    here: Installation
    transport: Transport
    key: SigningKey
    rotation: Rotation | None = None
    seal_to: str = ""
    codecs: tuple[Codec, ...] = CODECS
    stated: bool = False

    def say(
        self, batch: Sequence[Entry], meanwhile: Callable[[], None] = lambda: None, **said: Unpack[Packed]
    ) -> Answer:
        """Say *batch* and what else is *said*; *meanwhile* is done as it leaves.

        Raises ExchangeFailed where no answer came, MessageError for one that is not the hub's to this message.
        """
        nonce = signed.new_nonce()
        message = self._message(batch, nonce, said)
        meanwhile()
        began = time.monotonic()
        answer = self.transport.send(message)
        reply = signed.reply(self.here, answer, nonce)
        self._learn_seal(reply.header.seal_to)
        return Answer(reply, signed_head(answer), time.monotonic() - began)

    def switches(self, answered: NextKey | None) -> bool:
        """Sign with the next key from now on, where the hub *answered* that it knows it; say whether it did."""
        return self.rotation is not None and self.rotation.heed(answered)

    def has_another_way(self, error: ExchangeFailed) -> bool:
        """Say it in the first form, or under the key before, where the hub knows no other; say whether that is new."""
        match error:
            case NotSpoken() if self.codecs != FIRST_FORM:
                self.codecs = FIRST_FORM
                return True
            case ExchangeFailed(code="sync.unknown_key"):
                return self.rotation is not None and self.rotation.fall_back()
            case _:
                return False

    def _message(self, batch: Sequence[Entry], nonce: str, said: Packed) -> bytes:
        ours = self.rotation
        packed: Packed = {
            **said,
            "entries": batch,
            "accept": CODECS,
            "codecs": self.codecs,
            "seal_to": self.seal_to,
            "next_key": ours.announcement(self.here.stamp.code, self.here.hub) if ours else None,
            "holds": self._holds(batch),
        }
        return signed.message(self.db, self.here, ours.signing if ours else self.key, nonce, **packed)

    def _holds(self, batch: Sequence[Entry]) -> Holds | None:
        """Say what we hold where the hub must know all of it, and once in an exchange what it has signed for."""
        missing = marks.asks_first(self.db)
        if missing or (self.rotation and self.rotation.next):
            return Holds(streams=tail.holdings(self.db), tail=missing)
        here = {entry.epoch for entry in batch[:1]}
        stated = () if self.stated else tail.holdings(self.db)
        others = tuple(holding for holding in stated if holding.acked and holding.epoch not in here)
        return Holds(streams=others) if others else None

    def _learn_seal(self, recipient: str) -> None:
        if self.seal_to and is_recipient(recipient):
            with write(self.db):
                installation.learn_seal(self.db, recipient)
            self.seal_to = ""
