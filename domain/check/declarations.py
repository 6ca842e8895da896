"""The declarations (投保人声明): all three made, and read back where somebody else filled the form in."""

from collections.abc import Iterator

from domain.application import Declarations
from domain.errors import Problem

NECESSARY = ("truthful", "terms_received", "exclusions_explained")


def check(declarations: Declarations) -> list[Problem]:
    """Return the problems of the declarations (Insurance Law art. 16 and 17)."""
    return list(_problems(declarations))


def _problems(declarations: Declarations) -> Iterator[Problem]:
    for field in NECESSARY:
        if not getattr(declarations, field):
            yield Problem(field, "declaration_required")
    if declarations.filled_by_clerk and not declarations.read_back:
        yield Problem("read_back", "read_back_required")
