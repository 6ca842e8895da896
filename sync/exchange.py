"""The exchange (交换): send what the hub has not signed for, take what it wrote for us, until nothing is left.

Every step is durable before the next begins, so that it may be killed anywhere and simply start again.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from domain.errors import TshegError
from store import exchange as marks
from store import offers
from store.clock import now
from store.connection import write
from store.installation import Installation
from sync.conversation import Conversation
from sync.errors import ExchangeFailed
from sync.pace import of_line
from sync.rotation import Rotation
from sync.rounds import Rounds
from sync.tally import Progress, Tally
from sync.transport import Transport
from wire.errors import MessageError
from wire.keys import SigningKey


@dataclass(frozen=True)
class Report:
    """What an exchange did, in entries, and what is still waiting. ``problem`` is a code or empty.

    *files* counts the pictures of which the hub has said since that it holds them whole.
    """

    confirmed: int
    received: int
    waiting: int
    problem: str
    retry_after: float = 0
    files: int = 0

    @property
    def complete(self) -> bool:
        """Whether the hub has signed for everything and nothing went wrong."""
        return not self.waiting and not self.problem


def exchange(
    db: Database,
    key: SigningKey,
    installation: Installation,
    transport: Transport,
    progress: Progress = lambda _confirmed, _total: None,
    seal_to: str = "",
    rotation: Rotation | None = None,
) -> Report:
    """Exchange with the hub until nothing is left both ways, or until it cannot go on.

    What went wrong is in the report and in the store; only a failing store raises.
    *progress* is told the entries confirmed and those that waited at the start. With *seal_to*, our
    own recipient, the hub is asked for its own, which sticks need. With *rotation* the point may change its key.
    """
    started, tally = now(), Tally(marks.waiting(db), progress)
    talk = Conversation(db, installation, transport, key, rotation, seal_to)
    rounds = Rounds(db, installation, talk, tally, of_line(db))
    with write(db):
        offers.began(db, started, tally.total)
    retry_after = _until_the_end(rounds)
    problem = "sync.fork" if marks.frozen(db) else tally.problem
    with write(db):
        marks.ended(db, started, problem)
        offers.ended(db, started, problem)
    return Report(tally.confirmed, tally.received, marks.waiting(db), problem, retry_after, tally.files)


def _until_the_end(rounds: Rounds) -> float:
    """Do all rounds, and note what stopped them; return the seconds to wait where the hub named them."""
    try:
        rounds.until_nothing_moves()
        rounds.send_pictures()
    except MessageError:
        rounds.tally.problem = "sync.not_the_hub"
    except TshegError as error:
        rounds.tally.problem = error.code
        return error.retry_after if isinstance(error, ExchangeFailed) else 0
    return 0
