"""What the program refuses, said on standard error in both languages, with exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from domain.errors import TshegError, Unavailable
from i18n import in_both
from store.connection import StoreError
from store.trouble import understood


@contextmanager
def plainly() -> Iterator[None]:
    """Let a refusal end the command with its message instead of a traceback."""
    try:
        yield
    except TshegError as error:
        raise click.ClickException(in_both(error)) from error
    except StoreError as error:
        trouble = understood(error)
        if trouble is None:
            raise
        raise click.ClickException(in_both(trouble)) from error
    except BrokenPipeError:
        raise  # whoever reads has read enough
    except OSError as error:
        raise click.ClickException(in_both(Unavailable("store.cannot_write", reason=str(error)))) from error
