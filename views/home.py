"""Home (首页): where you stand, the ledger of truth, what waits for you."""

from flask import Blueprint, g, render_template

from store import applications, commands, decisions, drafts, installation, ledger, limits, pile, products
from store.clock import today
from views.database import database

home = Blueprint("home", __name__)
RECENT = 6
FEW = 5


@home.get("/")
def show() -> str:
    """Show the sentence, the two actions, the ledger, drafts, decisions and the last applications."""
    db = database()
    return render_template(
        "home/show.html",
        taken=ledger.taken_on(db, today()),
        supplements=ledger.waiting(db, "supplement"),
        ledger=ledger.count(db),
        contact=ledger.contact(db),
        room=limits.room(db),
        stopped=commands.frozen(db),
        drafts=drafts.mine(db, g.staff.id),
        decisions=decisions.unseen(db, FEW),
        unseen=decisions.count_unseen(db),
        few=FEW,
        pile=pile.count(db),
        recent=applications.page(db, limit=RECENT),
        enrolled=installation.find(db) is not None,
        product=products.in_force(db, today()),
    )
