"""By stick and by courier: everything arrives once, whatever people do with a stick on the way."""

import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.errors import NotFound, Refused
from hub import backlog
from hub import stick as hub_stick
from hub.installation import open_installation
from store import bundles, installation, ledger
from store.clock import after
from store.connection import write
from sync import stick as point_stick
from sync import stick_out
from sync.exchange import exchange
from sync.once import sealing_key
from sync.stick_back import Came
from tests import insurer
from tests.courier import Carried, carried, carried_at
from tests.pair import known
from wire.entry import Entry


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    """A point and a hub, and a stick."""
    return carried(tmp_path)


def test_everything_arrives_once_and_comes_back_confirmed(pair: Carried):
    entries = pair.submit(3)
    name = f"TSHEG_JL_{entries[0].epoch}_1-3.return.age"
    assert pair.round() == Came(name, confirmed=3, received=4, problem="")
    assert pair.at_the_hub() == known(entries)
    assert ledger.count(pair.db) == ledger.Ledger(total=3, confirmed=3, sent=0, pending=0)


def test_on_the_stick_is_said_and_never_received(pair: Carried):
    pair.submit(2)
    pair.out()
    assert ledger.count(pair.db) == ledger.Ledger(total=2, confirmed=0, sent=0, pending=0, carried=2)
    pair.at_hub()
    assert ledger.count(pair.db).confirmed == 0


def test_its_name_says_which_run_and_no_more(pair: Carried):
    entries = pair.submit(2)
    (file,) = pair.out()
    assert file.name == f"TSHEG_JL_{entries[0].epoch}_1-2.age"
    assert [path.name for path in pair.stick.iterdir()] == [file.name]


def test_with_nothing_waiting_it_asks_for_news(pair: Carried):
    pair.submit()
    pair.round()
    for file in pair.stick.iterdir():
        file.unlink()
    (file,) = pair.out()
    assert file.name == "TSHEG_JL_question_0-0.age"
    assert pair.at_hub() == [hub_stick.Taken(file.name, 0, "")]
    pair.back()
    assert {(one.confirmed, one.problem) for one in pair.home()} == {(0, "")}


def test_a_long_queue_goes_into_several_messages_and_files(pair: Carried, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stick_out, "MOST_ENTRIES", 2)
    monkeypatch.setattr(stick_out, "MESSAGES_A_FILE", 2)
    entries = pair.submit(7)
    assert len(pair.out()) == 2
    assert [one.entries for one in pair.at_hub()] == [4, 3]
    pair.back()
    assert [one.problem for one in pair.home()] == [""]  # the newest answer covers both
    assert (pair.at_the_hub(), pair.mark()[1]) == (known(entries), 7)


def test_everything_the_hub_wrote_comes_down_however_much(pair: Carried):
    object.__setattr__(pair.hub.settings, "reply_entries", 2)
    pair.submit(5)
    assert (pair.round().received, pair.round().received) == (6, 0)


def test_many_come_back_decided_by_the_same_stick(pair: Carried):
    count = backlog.AT_ONCE + 1
    pair.submit(count)
    came = pair.round()
    assert (came.confirmed, came.received) == (count, count + 1)


def test_the_same_stick_twice_changes_nothing(pair: Carried):
    entries = pair.submit(3)
    pair.round()
    pair.at_hub()
    pair.back()
    assert [(one.confirmed, one.received, one.problem) for one in pair.home()] == [(0, 0, "")]
    assert pair.at_the_hub() == known(entries)


def test_sticks_in_the_wrong_order_lose_nothing(pair: Carried, tmp_path: Path):
    first = pair.submit(2)
    old = shutil.copy(pair.out()[0], tmp_path / "old.age")
    second = pair.submit(2)
    (new,) = (file for file in pair.out() if file.name.endswith("1-4.age"))
    pair.at_hub(new)
    pair.at_hub(Path(old))
    pair.back()
    assert {one.problem for one in pair.home()} == {""}
    assert (pair.at_the_hub(), pair.mark()[1]) == (known(first + second), 4)


def test_line_and_stick_at_once_never_double(pair: Carried):
    entries = pair.submit(3)
    pair.out()
    pair.exchange()
    entries += pair.submit(1)
    pair.at_hub()
    pair.back()
    assert [(one.confirmed, one.problem) for one in pair.home()] == [(0, "")]
    assert pair.exchange().complete
    assert pair.at_the_hub() == known(entries)


def test_several_points_share_a_stick_and_none_reads_another(pair: Carried, tmp_path: Path):
    other = carried_at(pair.hub, tmp_path / "other", "RK")
    for one in (pair, other):
        one.submit(2)
        point_stick.export(one.db, one.keys, pair.stick)
    assert [one.problem for one in pair.at_hub()] == ["", ""]
    assert len(pair.back()) == 2
    assert [one.confirmed for one in pair.home()] == [2]
    strange = next(file for file in pair.stick.iterdir() if file.name.startswith("TSHEG_RK") and ".return" in file.name)
    assert pair.home(strange)[0].problem == "stick.other_key"


def test_a_hub_that_lost_what_it_had_gets_it_again(pair: Carried, tmp_path: Path):
    entries = pair.submit(2)
    shutil.copytree(pair.hub.settings.data, tmp_path / "kept")
    pair.exchange()
    entries += pair.submit(1)

    pair.hub = open_installation(insurer.settings(tmp_path / "kept"))
    pair.out()
    assert pair.at_hub()[0].problem == "stick.gap"
    pair.back()
    pair.home()
    for file in pair.stick.iterdir():
        file.unlink()
    pair.round()
    assert pair.at_the_hub() == known(entries)


def test_what_can_bring_nothing_more_is_forgotten_after_half_a_year_and_then_harmless(pair: Carried):
    pair.submit(2)
    pair.out()
    pair.at_hub()
    (old,) = pair.back()
    pair.exchange()
    made_ago(pair, bundles.KEPT_DAYS - 1)
    pair.out()
    assert messages(pair) == 2  # the answer to the first may still come
    made_ago(pair, bundles.KEPT_DAYS + 1)
    before = pair.mark()
    pair.out()
    assert messages(pair) == 1
    assert [(one.confirmed, one.problem) for one in pair.home(old)] == [(0, "stick.not_asked")]
    assert pair.mark() == before


def test_what_the_hub_has_not_signed_for_is_remembered_for_ever(pair: Carried):
    pair.submit(2)
    pair.out()
    pair.at_hub()
    (old,) = pair.back()
    made_ago(pair, 10 * bundles.KEPT_DAYS)
    pair.submit(1)
    pair.out()
    assert messages(pair) == 2
    assert [(one.confirmed, one.problem) for one in pair.home(old)] == [(2, "")]


def made_ago(pair: Carried, days: int) -> None:
    """Let everything that left have left *days* ago."""
    pair.db.execute("UPDATE bundled SET made_at = ?", [after(timedelta(days=-days))])


def messages(pair: Carried) -> int:
    """Count the messages that are remembered."""
    return int(pair.db.execute("SELECT count(*) FROM bundled").fetchone()[0])


def test_a_clone_is_noticed_by_stick_too(pair: Carried, tmp_path: Path):
    pair.submit(1)
    clone = pair.clone(tmp_path / "clone")
    twin = Carried(clone.folder, clone.hub, clone.db, clone.key, clone.line)
    shutil.copytree(pair.keys, twin.keys)
    twin.stick.mkdir()
    pair.submit(1)
    twin.submit(1)
    pair.round()
    twin.out()
    assert twin.at_hub()[0].problem == "stick.fork"
    twin.back()
    twin.home()
    assert twin.mark()[2] == 1


def test_a_point_enrolled_by_an_earlier_hub_says_so_and_learns_the_key_in_the_next_exchange(pair: Carried):
    with write(pair.db):
        installation.learn_seal(pair.db, "")
    pair.submit(1)
    with pytest.raises(Refused, match=r"stick\.hub_seal_missing"):
        pair.out()
    assert replace(pair.here, hub_seal="") == pair.here

    exchange(pair.db, pair.key, pair.here, pair.line, seal_to=sealing_key(pair.keys).recipient)
    assert pair.here.hub_seal == pair.hub.sealing.recipient
    assert pair.out()


@given(st.lists(st.sampled_from(["submit", "out", "hub", "back", "home", "line", "lose"]), max_size=14))
@settings(max_examples=15)
def test_whatever_order_people_carry_sticks_in_the_hub_holds_each_record_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
):
    pair = carried(tmp_path_factory.mktemp("pair"))
    entries: list[Entry] = []
    for step in steps:
        with suppress(NotFound):
            act(pair, step)
        if step == "submit":
            entries += pair.submit(1)
        assert pair.mark()[1] <= len(pair.at_the_hub())
    pair.round()
    assert pair.at_the_hub() == known(entries)
    assert (pair.mark()[1], pair.mark()[2]) == (len(entries), 0)


def act(pair: Carried, step: str) -> None:
    """Do one thing people do."""
    match step:
        case "out":
            pair.out()
        case "hub":
            pair.at_hub()
        case "back":
            pair.back()
        case "home":
            pair.home()
        case "line":
            pair.exchange()
        case "lose":
            for file in pair.stick.iterdir():
                file.unlink()
