"""What the program refuses, said in one line on standard error, with exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from domain.errors import Invalid, TshegError
from i18n import say


@contextmanager
def plainly() -> Iterator[None]:
    """Let a refusal end the command with its message instead of a traceback."""
    try:
        yield
    except Invalid as error:
        raise click.ClickException("\n".join(f"{one.path}: {say(one)}" for one in error.problems)) from error
    except TshegError as error:
        raise click.ClickException(say(error)) from error
