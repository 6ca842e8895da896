"""The option of every command that prints: in which languages its copy speaks, and which stands first."""

import click

from domain.words import ScriptOrder
from views.database import settings

language_order = click.option(
    "--language-order",
    "order",
    type=click.Choice(list(map(str, ScriptOrder))),
    help="which languages, and which stands first; TSHEG_SCRIPT_ORDER by default",
)


def chosen(order: str | None) -> ScriptOrder:
    """Return what was asked for, or what this point has set."""
    return ScriptOrder(order or settings().script_order)
