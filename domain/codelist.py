"""A code list (代码表) of the insurer: goods, trades and the like, each with its words in both languages."""

from typing import Annotated

from msgspec import Meta, Struct

from domain.application import FORM_VERSION, Line
from domain.check import shape, texts
from domain.check.refusal import repeated
from domain.errors import Invalid
from domain.product import Text

ListId = Annotated[str, Meta(pattern=r"^[a-z0-9-]{2,40}$")]
CodeText = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,40}$")]


class Code(Struct, frozen=True, kw_only=True):
    """One line of a list: its code, and what it is called."""

    code: CodeText
    zh: Annotated[str, Meta(min_length=1, max_length=120)]
    bo: Annotated[str, Meta(min_length=1, max_length=240)]


class CodeList(Struct, frozen=True, kw_only=True):
    """One version of a list, whole. Fields of a newer hub are ignored; ``sample`` lists say 示例 in their name."""

    form_version: int = FORM_VERSION
    id: ListId
    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    sample: bool = False
    name: Text
    origin: Line
    items: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=2000)]


def read(body: bytes) -> CodeList:
    """Return the list that *body* holds as JSON. Raises Invalid with all that is wrong with it."""
    found = shape.decode(body, CodeList)
    problems = [*repeated("items", [item.code for item in found.items]), *texts.check(found)]
    if problems:
        raise Invalid(problems)
    return found
