"""The example of docs/slip.md: whoever writes the other side finds it as it is read here."""

import json
import re
from pathlib import Path

import slip
from slip import digits, table, writing
from slip.digits import Part

DOCS = Path(__file__).parent.parent / "docs"
VECTOR = json.loads((DOCS / "slip-example.json").read_text("utf-8"))
DATA = bytes.fromhex(VECTOR["bytes"])
TEXT = (DOCS / "slip.md").read_text("utf-8")


def test_its_text_is_written_from_its_answers() -> None:
    read = slip.read(DATA)
    assert writing.text(read.id, read.language, read.product, read.version, read.answers) == "\n".join(VECTOR["text"])


def test_its_bytes_and_its_text_hold_its_answers() -> None:
    for data in (DATA, "\n".join(VECTOR["text"]).encode()):
        assert slip.read(data).answers == VECTOR["answers"]
        assert slip.read(data).digest.hex() == VECTOR["digest"]


def test_its_digits_hold_its_bytes() -> None:
    for least, frames in ((1, VECTOR["one"]), (2, VECTOR["two"])):
        assert digits.written(DATA, least) == frames
        read: list[Part] = []
        for frame in frames:
            read = digits.together(read, digits.parts(frame)[0])
        assert digits.joined(read) == DATA


def test_the_description_names_every_kind_and_says_the_numbers_that_hold() -> None:
    assert {field.kind for field in table.fields()} <= set(re.findall(r"`(\w+)`", TEXT))
    for number in (digits.MARK, digits.MOST_BYTES, digits.MOST_PARTS, digits.SUM, digits.HEAD):
        assert re.search(rf"\b{number:,}\b" if isinstance(number, int) else number, TEXT), number
    for bytes_, width in enumerate(digits.WIDTHS):
        assert f"| {bytes_} | {width} |" in TEXT
