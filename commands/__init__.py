"""The point's commands, ``flask --app app …``: one module per noun."""

from commands.setup import setup_code
from commands.staff import staff

COMMANDS = [setup_code, staff]
