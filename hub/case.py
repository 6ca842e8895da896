"""An application on the underwriter's desk (核保件): what was sent, and what the product's rules say of it today."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from domain.application import Application, Quote, State
from domain.check import whole
from domain.decision import Decision
from domain.document import required_documents
from domain.eligibility import Assessment, assess, facts_of
from domain.errors import FieldError, Invalid, NotFound, Problem
from domain.product import Document, Product
from domain.quote import quote
from domain.received import Received, read
from domain.words import Outcome
from hub.clock import today
from hub.flags import flags, unread
from hub.store import applications, files, journal, products
from hub.store.applications import Summary
from hub.store.files import Announced


@dataclass(frozen=True)
class Case:
    """One application with its product and our earlier answers; *received* is None where it cannot be read.

    *sent* is the record as it came.
    """

    summary: Summary
    sent: bytes
    received: Received[Application] | None
    product: Product | None
    decisions: list[Decision]
    pictures: list[Announced]

    @property
    def application(self) -> Application | None:
        """What can be read of it."""
        return self.received.record if self.received else None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an underwriter."""
        return self.summary.state == "waiting" and self.application is not None and self.product is not None

    @property
    def has_asked(self) -> bool:
        """Whether papers were asked for before: there is no second time (Insurance Law art. 22)."""
        return any(decision.missing for decision in self.decisions)

    @property
    def assessment(self) -> Assessment:
        """What the product's rules say of the applicant."""
        application, product = self.contents()
        return assess(product, facts_of(application))

    @property
    def problems(self) -> list[Problem]:
        """What a check by today's date finds; old forms may have become late on the way."""
        return whole.check(*self.contents(), today())

    @property
    def price(self) -> Quote | None:
        """The premium worked out again from the product by the form's own date, or None where it gives none."""
        application, product = self.contents()
        day = application.applied_on or today()
        try:
            return quote(product, application.policyholder, application.buyers, application.cover, day)
        except FieldError:
            return None

    @property
    def flags(self) -> list[Problem]:
        """Where it goes beyond what the rules may accept alone."""
        unknown = self.received.unknown if self.received else ()
        return [*unread(unknown), *flags(*self.contents(), self.price)]

    @property
    def missing(self) -> list[Document]:
        """The papers the product requires that were not ticked at the counter."""
        application, product = self.contents()
        required = required_documents(product, application.policyholder.kind)
        return [paper for paper in product.documents if paper.id in required and paper.id not in application.documents]

    @property
    def shown(self) -> dict[str, Any]:
        """The record as it came, unknown fields and all, with where it stands."""
        line = self.summary
        state = State(
            revision=line.revision,
            sync="confirmed",
            outcome=Outcome(line.outcome) if line.outcome else None,
            policy_number=line.policy_number,
        )
        record: dict[str, Any] = msgspec.json.decode(self.sent)
        return record | {"state": msgspec.to_builtins(state)}

    def contents(self) -> tuple[Application, Product]:
        """Return the application and its product; raise NotFound where it cannot be read or has none."""
        if self.application is None or self.product is None:
            raise NotFound("hub.not_readable")
        return self.application, self.product


def open_case(connection: Connection, point: str, record_id: str) -> Case:
    """Return the application as its newest revision stands; raise NotFound."""
    summary = applications.find(connection, point, record_id)
    entry = journal.at(connection, point, summary.producer, summary.epoch, summary.seq)
    received = _read(entry.body)
    return Case(
        summary,
        entry.body,
        received,
        _product(connection, received.record) if received else None,
        applications.decisions(connection, point, record_id),
        files.of_application(connection, point, record_id),
    )


def _read(body: bytes) -> Received[Application] | None:
    try:
        return read(body, Application)
    except Invalid:
        return None


def _product(connection: Connection, application: Application) -> Product | None:
    signed = products.find(connection, application.cover.product, application.cover.version)
    return signed.product if signed else None
