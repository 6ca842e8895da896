"""From the trader's answers to the record: checked like at the counter, taken in one durable write, receipted."""

import hashlib

from msgspec.structs import replace

from domain.application import Application
from domain.complete import complete
from domain.errors import FieldError
from domain.reference import reference_for
from domain.words import Channel
from forms.self_groups import Groups
from forms.steps import assemble
from i18n import current_language, say
from slip.writing import text
from store import applications, installation, submissions
from sync import background
from views.apply import limits
from views.apply.signing import receipt_of
from views.database import database, settings
from wire.receipt import Signed


def checked(groups: Groups, record_id: str) -> Application | None:
    """Return the application as it will be submitted, or None with what is wrong at its fields."""
    if groups.first_wrong():
        return None
    try:
        application = _completed(groups, record_id)
    except FieldError as error:
        groups.forms["cover"].tier.errors = [say(error)]
        return None
    application = replace(application, duplicate_reason=groups.forms["review"].duplicate_reason.data)
    if applications.same_invoice(database(), application) and not application.duplicate_reason:
        groups.forms["review"].duplicate_reason.errors = [say(FieldError("invoice_already_here"))]
    return application


def receive(application: Application, digest: bytes) -> Signed:
    """Take *application* durably and return its receipt; *digest* is of the slip's text.

    Raises Conflict, Refused or Unavailable like ``submissions.receive``, Later while too many come.
    """
    limits.admit(str(application.record_id), application.policyholder.mobile)
    submissions.require_space(settings().data, settings().disk_reserve)
    signed = submissions.receive(
        database(), application, lambda entry: receipt_of(entry, str(application.reference), digest.hex())
    )
    background.wake()
    return signed


def digest_of(groups: Groups, record_id: str) -> bytes:
    """Return the digest of the slip that a phone would have made of these answers."""
    product = groups.context.product
    slip = text(record_id, current_language(), product.id, product.version, groups.answers)
    return hashlib.sha256(slip.encode()).digest()


def _completed(groups: Groups, record_id: str) -> Application:
    context, point = groups.context, installation.get(database()).stamp
    reference = reference_for(record_id, point.code, context.today.year)
    application = assemble(groups.answers, context, Channel.SELF)
    return complete(application, context.product, point, record_id, reference, "", context.today)
