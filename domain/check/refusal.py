"""A parser's refusal as a problem: what people may type loosely, a record holds in one spelling."""

from collections.abc import Callable, Collection, Iterator

from domain.errors import FieldError, Problem


def refusal(path: str, parse: Callable[[str], str], value: str) -> list[Problem]:
    """Return what *parse* has against *value*, or that *value* is not in the spelling *parse* gives it."""
    try:
        spelled = parse(value)
    except FieldError as error:
        return [error.problem(path)]
    return [] if spelled == value else [Problem(path, "spelling")]


def required(path: str, value: str) -> list[Problem]:
    """Return a problem where *value* is blank."""
    return [] if value.strip() else [Problem(path, "required")]


def repeated(path: str, values: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each of *values* that stood before in the list at *path*."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Problem(f"{path}/{index}" if path else str(index), "listed_twice")
        seen.add(value)
