"""The insurer's buyers: each point holds those of its district, changes travel alone, and the whole can be proved."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec
import pytest
from click.testing import Result
from flask import Flask
from msgspec.structs import replace

from demo import numbers
from domain.canonical import canonical
from domain.errors import Invalid
from domain.known_buyer import BuyerChange, ListedBuyer, digest_of, read
from hub import buyers as known
from hub.installation import Installation
from store import known_buyers
from store.rehearsal import differing
from tests.insurer import Counter
from tests.pair import Pair, new_pair
from wire.entry import Entry
from wire.message import open_message

FILE = Path(__file__).parent.parent / "handouts" / "buyers.jsonl"
HAN = [chr(0x4E00 + 13 * place) for place in range(600)]
KINDS = ("商贸", "粮油", "百货", "建材", "藏药", "畜产品", "物流", "工艺品")


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def buyer(serial: int, area: str = "540202", **more: object) -> ListedBuyer:
    plain = ListedBuyer(
        credit_code=numbers.credit_code("91", area, serial),
        name=f"示例{serial}号{KINDS[serial % len(KINDS)]}有限公司",
        area=area,
        address=f"示例路{serial}号",
        limit_fen=serial * 100_000,
    )
    return replace(plain, **more)


def many(count: int, area: str = "540202") -> list[ListedBuyer]:
    return [buyer(serial, area) for serial in range(1, count + 1)]


def unlike_each_other(count: int) -> list[ListedBuyer]:
    """As little alike as real ones: names, numbers, streets and limits drawn, from four counties."""
    chance = Random(7)
    serials = chance.sample(range(1, 999_999), count)
    return [
        buyer(
            serial,
            chance.choice(("540202", "540234", "540235", "540233")),
            name=f"{''.join(chance.choices(HAN, k=4))}{chance.choice(KINDS)}有限公司",
            address=f"{''.join(chance.choices(HAN, k=3))}路{chance.randint(1, 400)}号",
            limit_fen=chance.randint(1, 500) * 1_000_000,
        )
        for serial in serials
    ]


def held(pair: Pair) -> dict[str, bytes]:
    return dict(pair.db.execute("SELECT credit_code, body FROM known_buyer").fetchall())


def wanted(listed: list[ListedBuyer]) -> dict[str, bytes]:
    return {one.credit_code: canonical(one.known) for one in listed}


def test_a_list_arrives_whole(pair: Pair, tmp_path: Path):
    listed = many(250)
    assert known.load(pair.hub, listed) == [known.Changed("540200", 250, 0, 250)]
    assert not known_buyers.is_whole(pair.db)
    pair.exchange()
    assert held(pair) == wanted(listed)
    assert known_buyers.is_whole(pair.db)
    assert differing(pair.db, tmp_path, "") == []


def test_only_what_is_new_travels_and_what_left_goes(pair: Pair, tmp_path: Path):
    listed = many(250)
    known.load(pair.hub, listed)
    pair.exchange()
    later = [replace(listed[0], limit_fen=None), *listed[2:], buyer(900)]
    assert known.load(pair.hub, later) == [known.Changed("540200", 2, 1, 250)]
    before = len(pair.line.answers)
    pair.exchange()
    sent = [
        entry for answer in pair.line.answers[before:] for entry in open_message(answer, pair.hub.key.public).entries
    ]
    assert [len(msgspec.json.decode(entry.body)["put"]) for entry in sent] == [2]
    assert held(pair) == wanted(later)
    assert known_buyers.is_whole(pair.db)
    assert differing(pair.db, tmp_path, "") == []


def test_the_same_file_again_sends_nothing(pair: Pair):
    known.load(pair.hub, many(3))
    assert known.load(pair.hub, many(3)) == []


def test_a_point_holds_its_own_district_alone(hub: Installation):
    counter = Counter(hub).enrolled()
    elsewhere, both = buyer(7, "540102"), buyer(8, "540102", districts=("540100", "540200"))
    known.load(hub, [*many(2), elsewhere, both])
    counter.send([])
    [change] = [msgspec.json.decode(entry.body, type=BuyerChange) for entry in counter.down if entry.kind == "buyers"]
    names = {msgspec.json.decode(body)["name"] for body in change.put}
    assert names == {one.name for one in (*many(2), both)}
    assert all(b"districts" not in bytes(body) for body in change.put)


def test_a_point_enrolled_later_gets_the_whole_list(hub: Installation):
    known.load(hub, many(130))
    known.load(hub, many(120))
    late = Counter(hub, code="ZM").enrolled()
    late.send([])
    changes = [msgspec.json.decode(entry.body, type=BuyerChange) for entry in late.down if entry.kind == "buyers"]
    assert [(len(one.put), one.part, one.parts) for one in changes] == [(100, 1, 2), (20, 2, 2)]
    assert {(one.count, one.digest) for one in changes} == {
        (120, digest_of(body for _, body in sorted(wanted(many(120)).items())))
    }


def test_a_list_that_does_not_add_up_says_so_and_can_be_sent_again(pair: Pair):
    known.load(pair.hub, many(5))
    pair.exchange()
    pair.db.execute("DELETE FROM known_buyer WHERE credit_code = ?", [buyer(2).credit_code])
    known.load(pair.hub, many(6))
    pair.exchange()
    assert not known_buyers.is_whole(pair.db)
    known.send_again(pair.hub, "JL")
    pair.exchange()
    assert known_buyers.is_whole(pair.db)
    assert held(pair) == wanted(many(6))


def test_fields_of_a_newer_hub_stay_and_count_in_the_digest(pair: Pair):
    body = canonical({**msgspec.to_builtins(buyer(1).known), "status": "golden", "weight": 7})
    change = BuyerChange(version=1, part=1, parts=1, put=(msgspec.Raw(body),), count=1, digest=digest_of([body]))
    entry = pair.next_from_hub(canonical(msgspec.json.decode(msgspec.json.encode(change))), "buyers")
    pair.line.down = pair.restated(entries=[entry])
    pair.exchange()
    assert held(pair) == {buyer(1).credit_code: body}
    assert known_buyers.is_whole(pair.db)
    [found] = known_buyers.search(pair.db, "")
    assert found.standing is None


@pytest.mark.parametrize("query", ["示例 17号", "粮油有限", "17hly", "SL17", buyer(17).credit_code[-10:].lower()])
def test_a_buyer_is_found_by_name_initials_and_code(pair: Pair, query: str):
    known.load(pair.hub, [replace(buyer(17), name="示例17号粮油有限公司"), buyer(16)])
    pair.exchange()
    assert [one.name for one in known_buyers.search(pair.db, query)] == ["示例17号粮油有限公司"]


def test_what_nobody_knows_is_not_found(pair: Pair):
    known.load(pair.hub, many(3))
    pair.exchange()
    assert known_buyers.search(pair.db, "100%_") == []
    assert known_buyers.find(pair.db, "x") is None


def test_five_thousand_buyers_go_over_a_thin_line_in_small_pieces(pair: Pair):
    listed = unlike_each_other(5000)
    known.load(pair.hub, listed)
    before = len(pair.line.answers)
    pair.exchange()
    answers = pair.line.answers[before:]
    assert held(pair) == wanted(listed)
    assert known_buyers.is_whole(pair.db)
    assert sum(map(len, answers)) < 5000 * 27
    assert max(len(entry.body) for entry in answers_of(pair, answers)) < 32 << 10


def answers_of(pair: Pair, answers: list[bytes]) -> Iterator[Entry]:
    for answer in answers:
        yield from open_message(answer, pair.hub.key.public).entries


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"credit_code": "91540234MA6T0A1B8X"}, "credit_code", "credit_code_check"),
        ({"districts": ["110100"]}, "districts/0", "calendar_area"),
        ({"status": "golden"}, "status", "shape_choice"),
        ({"colour": "red"}, "colour", "shape_unknown"),
        ({"limit_fen": -1}, "limit_fen", "shape_too_small"),
        ({"area": "54"}, "area", "shape_area"),
    ],
)
def test_it_refuses_a_line_that_could_not_be_used(changes: dict[str, object], path: str, code: str):
    with pytest.raises(Invalid) as refused:
        read(msgspec.json.encode({**msgspec.to_builtins(buyer(1)), **changes}))
    assert (refused.value.problems[0].path, refused.value.problems[0].code) == (path, code)


@pytest.fixture
def flask(hub_app: Flask, counter: Counter):
    def run(*arguments: str) -> Result:
        return hub_app.test_cli_runner().invoke(args=("buyers", *arguments))

    return run


def test_the_commands_load_list_and_send_again(flask):
    assert "540200  +15  -0  15\n" in flask("load", str(FILE)).stdout
    assert flask("load", str(FILE)).stdout == ""
    assert "540200  1  15\n" in flask("list").stdout
    assert flask("send-again", "JL").exit_code == 0
    assert flask("send-again", "ZZ").exit_code == 1


def test_the_command_names_the_line_that_is_wrong(flask, tmp_path: Path):
    lines = FILE.read_bytes().splitlines()
    (tmp_path / "x").write_bytes(b"\n".join([lines[0], lines[1].replace(b"MA7", b"MA8")]))
    refused = flask("load", str(tmp_path / "x"))
    assert refused.exit_code == 1
    assert "第2行" in refused.stderr
    assert flask("list").stdout == ""
