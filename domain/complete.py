"""What the point itself adds to an application: the standing, the quote, its own stamp and numbers."""

from datetime import date

from msgspec.structs import replace

from domain.application import Application, PointStamp
from domain.eligibility import assess, facts_of
from domain.product import Product
from domain.quote import quote


def complete(
    application: Application,
    product: Product,
    point: PointStamp,
    record_id: str,
    reference: str,
    clerk: str,
    today: date,
) -> Application:
    """Return *application* as it is submitted at *point* today. Raises the FieldErrors of ``quote``."""
    return replace(
        application,
        record_id=record_id,
        reference=reference,
        point=point,
        clerk=clerk,
        applied_on=today,
        eligibility=assess(product, facts_of(application)).stated(),
        quote=quote(product, application.policyholder, application.buyers, application.cover, today),
        state=None,
    )
