import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from domain import errors
from domain.errors import FieldError, Problem
from domain.problems import MESSAGES, NOUNS, message

ROOT = Path(__file__).parent.parent
ROOMS = "domain wire slip imprint forms store pictures printing sync hub views commands stick.py drawable.py".split()
FILES = [path for room in ROOMS for path in ((ROOT / room).rglob("*.py") if "." not in room else [ROOT / room])]
SOURCES = sorted(path for path in FILES if path.parent.name != "problems")
RAISERS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.TshegError)
} | {"ExchangeFailed", "Unreadable"}


def literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def literals() -> set[str | None]:
    """Return everything that is written out in any of the sources."""
    return {literal(node) for path in SOURCES for node in ast.walk(tree(path))}


def codes(node: ast.AST) -> set[str]:
    """Return the codes written out in *node*: one, or either of a choice."""
    if isinstance(node, ast.IfExp):
        return codes(node.body) | codes(node.orelse)
    return {code} if (code := literal(node)) else set()


def codes_raised(source: ast.AST) -> Iterator[tuple[str, set[str] | None]]:
    """Yield every code written out where an error or a problem is made, with its values' names where they are too."""
    for node in ast.walk(source):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in RAISERS and node.args:
            names = {keyword.arg for keyword in node.keywords}
            known = None if None in names else {name for name in names if name}
            yield from ((code, known) for code in codes(node.args[0]))
        if node.func.id == "Problem" and len(node.args) > 1:
            known = names_in(node.args[2]) if len(node.args) > 2 else set()
            yield from ((code, known) for code in codes(node.args[1]))


def names_in(values: ast.AST) -> set[str] | None:
    return {name for key in values.keys if key and (name := literal(key))} if isinstance(values, ast.Dict) else None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_code_raised_has_its_message(path: Path) -> None:
    assert {code for code, _ in codes_raised(tree(path))} <= set(MESSAGES)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_code_raised_brings_the_values_its_message_shows(path: Path) -> None:
    for code, names in codes_raised(tree(path)):
        shown = set(re.findall(r"%\((\w+)\)s", MESSAGES.get(code, "")))
        assert names is None or shown <= names, code


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_has_a_code_that_is_raised(code: str) -> None:
    assert code in literals()


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_chinese_and_its_code_plain(code: str) -> None:
    assert re.fullmatch("[a-z0-9_.]+", code)
    assert re.search("[\u4e00-\u9fff]", MESSAGES[code])
    assert "%" not in re.sub(r"%\(\w+\)s", "", MESSAGES[code])


def test_no_two_nouns_share_a_code() -> None:
    assert sum(len(noun.MESSAGES) for noun in NOUNS) == len(MESSAGES)


def test_it_gives_the_source_text_and_its_values() -> None:
    text, values = message(FieldError("date_shape", example="2026-11-20"))
    assert text % values == "按年-月-日写日期，例如2026-11-20"


def test_it_speaks_of_problems_as_of_errors() -> None:
    error = FieldError("text_too_long", limit="60", length="61")
    problem: Problem = error.problem("policyholder/name")
    assert message(problem) == message(error)
