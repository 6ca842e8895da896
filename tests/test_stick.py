"""By stick and by courier: what goes out, what comes back, and everything that may happen to a stick between."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import stick
from domain.errors import NotFound, Refused, Unavailable
from hub import stick as hub_stick
from hub.enrolment import enrol
from hub.installation import Installation, open_installation
from hub.store import points
from hub.store.engine import write as write_at_hub
from hub.store.points import Point
from store import exchange as marks
from store import installation, journal, ledger, migrations
from store.connection import connect, write
from sync import stick as point_stick
from sync.enrolment import read_document
from sync.enrolment import take as enter
from sync.exchange import exchange
from sync.once import sealing_key
from sync.stick import Came
from tests import insurer
from tests.pair import STAMP, Line, Pair, known, new_hub, new_pair
from wire.bundle import MAGIC, open_bundle, seal_bundle
from wire.entry import GENESIS, Entry
from wire.errors import MessageError
from wire.header import Ack, Problem, ProblemCode
from wire.keys import SigningKey
from wire.message import pack
from wire.seal import SealingKey, seal


class Carried(Pair):
    """A pair between which a stick goes to and fro; its key is where ``flask sync`` looks for it."""

    @property
    def keys(self) -> Path:
        """The point's folder of secrets."""
        return self.folder / "keys"

    @property
    def stick(self) -> Path:
        """The stick."""
        return self.folder / "stick"

    def out(self) -> list[Path]:
        """Export; return the files."""
        return [one.path for one in point_stick.export(self.db, self.keys, self.stick)]

    def at_hub(self, path: Path | None = None) -> list[hub_stick.Taken]:
        """Import at the hub."""
        return hub_stick.take(self.hub, path or self.stick)

    def back(self) -> list[Path]:
        """Export at the hub."""
        return hub_stick.give(self.hub, self.stick)

    def home(self, path: Path | None = None) -> list[Came]:
        """Import at the point."""
        return point_stick.take(self.db, self.keys, path or self.stick)

    def round(self) -> Came:
        """There and back once."""
        self.out()
        self.at_hub()
        self.back()
        return self.home()[-1]


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    return carried(tmp_path)


def carried(folder: Path) -> Carried:
    """Make a point and a hub and a stick."""
    plain = new_pair(folder)
    pair = Carried(plain.folder, plain.hub, plain.db, plain.key, Line(plain.hub))
    pair.keys.mkdir()
    pair.stick.mkdir()
    (pair.keys / "point.key").write_bytes(plain.key.raw)
    return pair


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
    monkeypatch.setattr(point_stick, "MOST_ENTRIES", 2)
    monkeypatch.setattr(point_stick, "MESSAGES_A_FILE", 2)
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


def carried_at(home: Installation, folder: Path, code: str) -> Carried:
    """Make another point of the same hub."""
    folder.mkdir()
    key = SigningKey.generate()
    document = msgspec.json.encode(enrol(home, Point(replace(STAMP, code=code), "540234", ""), key.public))
    db = connect(folder / "point.db")
    migrations.migrate(db)
    with write(db):
        enter(db, read_document(document))
    other = Carried(folder, home, db, key, Line(home))
    other.keys.mkdir()
    (other.keys / "point.key").write_bytes(key.raw)
    return other


def test_nobody_else_can_read_it(pair: Carried, tmp_path: Path):
    entries = pair.submit(1)
    (file,) = pair.out()
    assert entries[0].record_id.encode() not in file.read_bytes()
    stranger = new_hub(tmp_path / "stranger")
    assert hub_stick.take(stranger, file) == [hub_stick.Taken(file.name, 0, "stick.other_key")]


def test_the_ordinary_tool_opens_it_with_the_hubs_key(pair: Carried):
    entries = pair.submit(1)
    (file,) = pair.out()
    identity = pair.hub.settings.keys / "age.key"
    opened = subprocess.run(["age", "--decrypt", "--identity", identity, file], capture_output=True, check=True).stdout
    assert opened.startswith(MAGIC)
    assert entries[0].epoch.encode() in opened
    assert identity.stat().st_mode & 0o777 == 0o600


def classes(size: int) -> list[int]:
    """Return a byte of every part of an age file: first line, recipient, MAC, nonce, payload, tag, last."""
    return sorted({0, 1, 20, 25, 60, 110, 150, 175, 190, 200, 230, size // 2, size - 17, size - 16, size - 2, size - 1})


def test_it_refuses_a_file_that_ends_anywhere_and_a_flipped_bit_anywhere(pair: Carried):
    pair.submit(1)
    (file,) = pair.out()
    whole = file.read_bytes()
    for at in classes(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        for bad in (whole[:at], bytes(flipped)):
            file.write_bytes(bad)
            (one,) = pair.at_hub()
            assert one.problem in ("stick.unreadable", "stick.other_key"), at
    assert pair.at_the_hub() == []
    file.write_bytes(whole)
    assert pair.at_hub()[0].problem == ""


def test_what_comes_back_is_refused_when_any_part_of_it_is_changed(pair: Carried):
    pair.submit(1)
    pair.out()
    pair.at_hub()
    (file,) = pair.back()
    whole = file.read_bytes()
    for at in classes(len(whole)):
        for bad in (whole[:at], whole[:at] + bytes([whole[at] ^ 64]) + whole[at + 1 :]):
            file.write_bytes(bad)
            assert pair.home(file)[0].problem in ("stick.unreadable", "stick.other_key"), at
    assert pair.mark()[1] == 0


@pytest.mark.parametrize("inside", [b"", b"\0", b"\0\0\0\0", b"\0\0\0\5abc", b"\xff\xff\xff\xff", b"\0\0\0\1x"])
def test_it_refuses_nonsense_that_is_sealed_well(pair: Carried, inside: bytes):
    for begin in (b"", MAGIC):
        (pair.stick / "x.age").write_bytes(seal(begin + inside, pair.here.hub_seal))
        assert pair.at_hub(pair.stick / "x.age")[0].problem == "stick.unreadable"


def answer(pair: Carried, key: SigningKey | None = None, **changes: Any) -> bytes:
    """Return a sealed answer of the hub to what is on the stick, changed."""
    nonce = pair.db.execute("SELECT nonce FROM offer").fetchone()[0]
    header = {"sender": pair.hub.name, "receiver": "JL", "nonce": nonce} | changes
    return seal_bundle([pack(key or pair.hub.key, **header)], sealing_key(pair.keys).recipient)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"key": SigningKey.generate()}, "sync.not_the_hub"),
        ({"nonce": "never-sent"}, "stick.not_asked"),
        ({"receiver": "RK"}, "stick.not_asked"),
        ({"sender": "hub-other"}, "stick.not_asked"),
    ],
)
def test_only_the_hubs_answer_to_what_left_here_is_taken(pair: Carried, changes: dict[str, Any], code: str):
    pair.submit(1)
    pair.out()
    file = pair.stick / "answer.age"
    file.write_bytes(answer(pair, **changes))
    assert pair.home(file)[0].problem == code


def test_an_answer_of_before_a_restore_is_not_taken(pair: Carried):
    pair.submit(1)
    pair.out()
    pair.at_hub()
    pair.back()
    with write(pair.db):
        pair.db.execute("DELETE FROM offer")
    assert [one.problem for one in pair.home()] == ["stick.not_asked"]
    assert pair.mark()[1] == 0


def test_an_old_gap_takes_no_mark_back(pair: Carried):
    pair.submit(2)
    pair.out()
    gap = answer(pair, problem=Problem(code=ProblemCode.GAP, seq=0, hash=GENESIS))
    pair.exchange()
    file = pair.stick / "old.age"
    file.write_bytes(gap)
    assert pair.home(file)[0].problem == ""
    assert pair.mark()[1] == 2


def test_a_gap_takes_a_mark_back_once_and_never_again(pair: Carried):
    pair.submit(2)
    pair.exchange()
    pair.submit(1)
    pair.out()
    file = pair.stick / "gap.age"
    file.write_bytes(answer(pair, problem=Problem(code=ProblemCode.GAP, seq=0, hash=GENESIS)))
    pair.home(file)
    assert pair.mark()[1] == 0
    with write(pair.db):
        two = list(journal.stream(pair.db, "JL", pair.db.execute("SELECT epoch FROM epoch").fetchone()[0], limit=2))
        ack = Ack(producer="JL", epoch=two[1].epoch, seq=2, hash=two[1].hash, hub_time="")
        marks.record_ack(pair.db, ack, b"")
    pair.home(file)
    assert pair.mark()[1] == 2


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


def test_a_bundle_of_two_senders_is_not_taken(pair: Carried):
    messages = [pack(pair.key, sender=code, receiver=pair.hub.name, nonce="n") for code in ("JL", "RK")]
    (pair.stick / "x.age").write_bytes(seal_bundle(messages, pair.here.hub_seal))
    assert pair.at_hub(pair.stick / "x.age")[0].problem == "stick.unreadable"


def test_a_revoked_point_brings_nothing_and_gets_nothing(pair: Carried):
    pair.submit(1)
    pair.out()
    with write_at_hub(pair.hub.engine) as connection:
        points.revoke(connection, "JL")
    assert pair.at_hub()[0].problem == "stick.revoked"
    with pytest.raises(NotFound, match=r"stick\.nothing"):
        pair.back()


def test_a_stick_that_is_gone_or_full_is_not_called_written(pair: Carried, monkeypatch: pytest.MonkeyPatch):
    pair.submit(1)
    shutil.rmtree(pair.stick)
    with pytest.raises(Unavailable, match=r"stick\.not_written"):
        pair.out()
    pair.stick.mkdir()
    monkeypatch.setattr(stick, "_from_the_medium", lambda path: path.read_bytes()[:-1])
    with pytest.raises(Unavailable, match=r"stick\.not_verified"):
        pair.out()
    assert ledger.count(pair.db).carried == 0


STEPS = ("write", "fsync", "rename", "folder")


@pytest.mark.parametrize("step", STEPS)
def test_pulled_out_at_any_step_the_older_file_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    name = stick.Name("JL", "e", 1, 2)
    stick.write(tmp_path, name, b"old")

    def broken(*_: object) -> None:
        raise OSError("pulled")

    target = {"write": (Path, "open"), "fsync": (os, "fsync"), "rename": (Path, "replace")}
    monkeypatch.setattr(*target.get(step, (stick, "_sync_folder")), broken)
    with pytest.raises(Unavailable, match=r"stick\.not_written"):
        stick.write(tmp_path, name, b"new")
    monkeypatch.undo()
    assert (tmp_path / str(name)).read_bytes() in ((b"new",) if step == "folder" else (b"old",))


@given(st.lists(st.sampled_from(["submit", "out", "hub", "back", "home", "line", "lose"]), max_size=14))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_no_bytes_break_what_opens_a_bundle(data: bytes):
    key = SealingKey.generate()
    for sealed in (data, seal(MAGIC + data, key.recipient)):
        try:
            messages = open_bundle(sealed, key)
        except MessageError:
            continue
        assert b"".join(len(one).to_bytes(4, "big") + one for one in messages) == data
