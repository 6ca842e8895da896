"""The point's commands, ``flask --app app …``: one module per noun."""

from commands.application import application
from commands.backup import backup, restore
from commands.blank import blank
from commands.demo import demo
from commands.journal import journal
from commands.paper import restore_from_paper
from commands.point import point
from commands.setup import setup_code
from commands.staff import staff
from commands.sync import sync

COMMANDS = [
    setup_code, staff, application, blank, point, sync, journal, backup, restore, restore_from_paper, demo,
]  # fmt: skip
