"""A photograph of a paper (材料照片): which application it belongs to, and by its SHA-256 which bytes it is."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from domain.application import FORM_VERSION, RecordId

SIGNED_FORM = "signed-form"
MOST_PICTURES = 40
MOST_FILE_BYTES = 1_000_000


class Attachment(Struct, frozen=True, kw_only=True):
    """The record that announces a picture; the picture itself travels apart from it.

    *document* is a paper of the product, or ``signed-form`` for the printed form that was signed; *revision* is which
    one was: as its code said, or where none could be read the newest of that moment. Fields of a newer point are
    ignored.
    """

    form_version: int = FORM_VERSION
    application: RecordId
    document: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,40}$", description="Id of a paper of the product.")]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the picture's bytes.")]
    size: Annotated[int, Meta(ge=1, le=MOST_FILE_BYTES, description="Bytes.")]
    media_type: Annotated[str, Meta(pattern=r"^image/(webp|jpeg|png)$")]
    width: Annotated[int, Meta(ge=1, le=16383, description="Pixels.")]
    height: Annotated[int, Meta(ge=1, le=16383, description="Pixels.")]
    taken_on: date
    revision: Annotated[int | None, Meta(description="Revision of the form that was signed.")] = None
    by_code: Annotated[bool, Meta(description="Whether the form's own code said so.")] = False

    @property
    def digest(self) -> bytes:
        """The SHA-256 as bytes."""
        return bytes.fromhex(self.sha256)
