"""The example of docs/imprint.md, and the files that papers are read by: neither ever changes."""

import hashlib
import json
import re
from pathlib import Path

import msgspec
import pytest

import imprint
from imprint import columns, digits, packing, shares, table
from imprint.content import Content, digest
from imprint.texts import inflated
from scripts.imprint_table import application
from wire.entry import Revision

DOCS = Path(__file__).parent.parent / "docs"
VECTOR = json.loads((DOCS / "imprint-example.json").read_text("utf-8"))
TEXT = (DOCS / "imprint.md").read_text("utf-8")
DATA = bytes.fromhex(VECTOR["bytes"])
REVISION = Revision(
    **{name: VECTOR[name] for name in Revision.__struct_fields__ if name != "body"}, body=VECTOR["body"].encode()
)
CONTENT = Content(REVISION, bytes.fromhex(VECTOR["salt"]))
FROZEN = {
    "a.json": "01d7c1bf31d9d6e59a4882f50ae7d0961ea4ec6138aece7f71fd66d42833b8a3",
    "a.txt": "b2fe4c2bae580e92e696e29b96d9b3f2acae1ae2700fd1a5f95f65e17d6e3373",
}


def test_its_bytes_hold_its_revision() -> None:
    assert packing.unpack(DATA) == CONTENT
    assert digest(REVISION).hex() == VECTOR["digest"] == DATA[-8:].hex()


def test_its_revision_is_written_as_its_bytes_whatever_zlib_packs_its_texts() -> None:
    packed = packing.pack(CONTENT)
    for data in (packed, DATA):
        assert inflated(data[1:-8], table.vocabulary("a")) == (VECTOR["texts"], bytes.fromhex(VECTOR["values"]))
    assert len(packed) <= len(DATA) + 8


def test_its_shares_hold_its_bytes() -> None:
    parts = [bytes.fromhex(share) for share in VECTOR["shares"]]
    whole = b"".join(parts[: VECTOR["needed"]])
    assert whole == (DATA + b"\x80").ljust(len(whole), b"\0")
    assert shares.spread(whole, VECTOR["needed"], len(parts)) == parts


def test_its_codes_hold_its_shares() -> None:
    parts = [digits.parts(code)[0] for code in VECTOR["codes"]]
    assert [part.data.hex() for part in parts] == VECTOR["shares"]
    assert digits.FRAMES.written([part.data for part in parts], VECTOR["needed"], parts[0].tag) == VECTOR["codes"]
    assert imprint.read(parts) == CONTENT
    assert f"{digits.number(parts[0]):013d}" == parts[0].tag[:13]


@pytest.mark.parametrize("name", FROZEN)
def test_what_papers_are_read_by_never_changes(name: str) -> None:
    assert hashlib.sha256((table.FOLDER / name).read_bytes()).hexdigest() == FROZEN[name]


def test_todays_application_has_its_place_in_the_newest_table() -> None:
    # Where this fails the form has changed: write the next letter with scripts/imprint_table.py, and leave this one.
    assert msgspec.to_builtins(application()) == msgspec.to_builtins(table.table(packing.TABLES[-1]))


def test_the_description_says_the_numbers_that_hold() -> None:
    frames = digits.FRAMES
    for said in (frames.mark, f"| {frames.number} | this code", f"| {digits.RECORD} | the first 40 bits"):
        assert said in TEXT, said
    for said in (f"The head is {frames.head} digits", f"at most {digits.MOST_BYTES} bytes", "at most 775 digits"):
        assert said in TEXT, said
    row = re.findall(r"\| codes \|(.*)\|", TEXT)[0].split("|")
    assert [digits.last(needed) for needed in range(1, 9)] == [int(one) for one in row[:8]]
    assert digits.last(digits.MOST_PARTS) == int(row[-1])
    for letter in (*packing.TABLES, *columns.CODECS):
        assert f"| `{letter}` |" in TEXT
    assert f"{digits.MOST_PARTS * digits.MOST_BYTES - 1:,} bytes" in TEXT
    for kind in (
        "optional",
        *(f"`{kind}`" for kind in {"yes_no", "word", "number", "day", "moment", "list", "fields", "text"}),
    ):
        assert f"| {kind} |" in TEXT, kind
