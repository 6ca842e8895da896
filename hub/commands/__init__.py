"""The hub's commands, ``flask --app hub …``: one module per noun."""

from hub.commands.application import application
from hub.commands.buyers import buyers
from hub.commands.calendar import calendar
from hub.commands.codes import codes
from hub.commands.command import command
from hub.commands.database import database
from hub.commands.demo import demo
from hub.commands.journal import journal
from hub.commands.judge import judge
from hub.commands.limits import limits
from hub.commands.point import point
from hub.commands.product import product
from hub.commands.setup_code import setup_code
from hub.commands.staff import staff
from hub.commands.sync import sync
from hub.commands.tls_pin import tls_pin

COMMANDS = (
    point,
    product,
    codes,
    calendar,
    buyers,
    limits,
    command,
    application,
    sync,
    judge,
    journal,
    staff,
    setup_code,
    database,
    tls_pin,
    demo,
)
