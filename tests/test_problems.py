import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain import errors
from domain.errors import FieldError, Problem
from domain.problems import MESSAGES, NOUNS, message

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for room in ("domain", "forms", "store")
    for path in (ROOT / room).rglob("*.py")
    if path.parent.name != "problems"
)
RAISERS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.TshegError)
}
CODE = re.compile("[a-z0-9_.]+")


def codes_raised(tree: ast.AST) -> Iterator[str]:
    """Yield every code written as a literal where an error or a problem is made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = 1 if node.func.id == "Problem" else 0
            if node.func.id in RAISERS | {"Problem"} and len(node.args) > place:
                code = node.args[place]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value


def literals(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_code_raised_has_its_message(path: Path) -> None:
    assert set(codes_raised(TREES[path])) <= set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_has_a_code_that_is_raised(code: str) -> None:
    assert any(code in literals(tree) for tree in TREES.values())


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_chinese_and_its_code_plain(code: str) -> None:
    assert CODE.fullmatch(code)
    assert re.search("[\u4e00-\u9fff]", MESSAGES[code])


def test_no_two_nouns_share_a_code() -> None:
    assert sum(len(noun.MESSAGES) for noun in NOUNS) == len(MESSAGES)


def test_it_gives_the_source_text_and_its_values() -> None:
    text, values = message(FieldError("date_shape", example="2026-11-20"))
    assert text % values == "按年-月-日写日期，例如2026-11-20"


def test_it_speaks_of_problems_as_of_errors() -> None:
    error = FieldError("text_too_long", limit="60", length="61")
    problem: Problem = error.problem("policyholder/name")
    assert message(problem) == message(error)
