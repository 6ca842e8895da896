"""What the program refuses, said on standard error in both languages, with exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from domain.errors import Invalid, Problem, TshegError, Unavailable
from i18n import in_both


@contextmanager
def plainly() -> Iterator[None]:
    """Let a refusal end the command with its message instead of a traceback."""
    try:
        yield
    except Invalid as error:
        raise click.ClickException("\n".join(map(_line, error.problems))) from error
    except TshegError as error:
        raise click.ClickException(in_both(error)) from error
    except OperationalError as error:
        raise click.ClickException(in_both(Unavailable("store.cannot_write", reason=str(error.orig)))) from error


def _line(problem: Problem) -> str:
    return f"{problem.path}: {in_both(problem)}" if problem.path else in_both(problem)
