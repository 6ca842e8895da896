"""Text for PostgreSQL, which has no NUL: what asks for such a text finds nothing, and nothing breaks off."""

from psycopg.abc import Buffer
from psycopg.types.string import StrBinaryDumper, StrDumper


class Written(StrDumper):
    """Text in a statement."""

    def dump(self, text: str) -> Buffer | None:
        """Write *text*, each NUL as the sign of damage."""
        return super().dump(text.replace("\0", "\N{REPLACEMENT CHARACTER}"))


class Copied(Written, StrBinaryDumper):
    """The same for COPY."""


DUMPERS = (Copied, Written)
