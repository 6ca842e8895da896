"""What the program refuses, said in one line on standard error, with exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from domain.errors import Invalid, Problem, TshegError, Unavailable
from i18n import say


@contextmanager
def plainly() -> Iterator[None]:
    """Let a refusal end the command with its message instead of a traceback."""
    try:
        yield
    except Invalid as error:
        raise click.ClickException("\n".join(map(_line, error.problems))) from error
    except TshegError as error:
        raise click.ClickException(say(error)) from error
    except OperationalError as error:
        raise click.ClickException(say(Unavailable("store.cannot_write", reason=str(error.orig)))) from error


def _line(problem: Problem) -> str:
    return f"{problem.path}: {say(problem)}" if problem.path else say(problem)
