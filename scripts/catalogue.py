"""The Tibetan catalogue: brought up to date with the sources, and checked against them."""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from scripts.tibetan_lint import ERRORS, WARNINGS, broken

ROOT = Path(__file__).parent.parent
FILE = ROOT / "translations/bo/LC_MESSAGES/messages.po"
GLOSSARY = ROOT / "translations/glossary.tsv"
LABELS = "Choice Code CreditCode Day FullName Mobile Number Options Several Text TibetanName Tick Year YesNo Yuan"
KEYWORDS = dict.fromkeys(("_", "N_", "gettext", "lazy", *LABELS.split())) | {"text": (2,)}
UNREVIEWED = "未审校"
REVIEWED = "审校："
HEADER = "# Tibetan (bo). Each entry says 未审校 until a reader of Tibetan has put 审校：NAME DATE in its place."


def empty() -> Catalog:
    """Return a catalogue with our header and nothing else."""
    about = {"project": "tsheg", "version": "1", "last_translator": "", "language_team": "bo"}
    return Catalog(locale="bo", header_comment=HEADER, fuzzy=False, **about)


def extract() -> Catalog:
    """Return every message of the sources, with the files it stands in."""
    catalog = empty()
    with (ROOT / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    for file, _line, message, _comments, _context in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS):
        catalog.add(message, locations=[(file, None)])
    return catalog


def kept() -> Catalog:
    """Return the catalogue on disk, an empty one before there is any."""
    if not FILE.exists():
        return empty()
    with FILE.open("rb") as file:
        return read_po(file, locale="bo")


def entries(catalog: Catalog) -> list[Message]:
    """Return the messages without the header."""
    return [message for message in catalog if message.id]


def update() -> None:
    """Add what is new, set aside what is gone; translations stay, also of what was set aside."""
    catalog, sources = kept(), extract()
    _bring_back(catalog, sources)
    catalog.update(sources, no_fuzzy_matching=True, update_creation_date=False)
    for message in entries(catalog):
        message.user_comments = message.user_comments or [UNREVIEWED]
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("wb") as file:
        write_po(file, catalog, width=0, sort_output=True, include_lineno=False)
    print(f"{len(entries(catalog))} messages, {sum(not message.string for message in entries(catalog))} to translate")


def _bring_back(catalog: Catalog, sources: Catalog) -> None:
    for message in entries(sources):
        if message.id in catalog.obsolete:
            catalog[message.id] = catalog.obsolete.pop(message.id)


def check() -> int:
    """Print every error, then the warnings, then the counts; return 1 when there is an error."""
    catalog, sources = kept(), extract()
    errors = [*_stale(catalog, sources), *_errors(catalog)]
    for finding in _warnings(catalog):
        print(f"warning: {finding}")
    for finding in errors:
        print(f"error: {finding}")
    found = entries(catalog)
    reviewed = sum(any(REVIEWED in comment for comment in message.user_comments) for message in found)
    print(f"{len(found)} messages, {len(errors)} errors, {reviewed} reviewed by a reader of Tibetan")
    return 1 if errors else 0


def _stale(catalog: Catalog, sources: Catalog) -> Iterator[str]:
    here, there = ({message.id for message in entries(each)} for each in (catalog, sources))
    yield from (f"{source!r}: not in the catalogue; run scripts/catalogue update" for source in sorted(there - here))
    yield from (
        f"{source!r}: no longer in the sources; run scripts/catalogue update" for source in sorted(here - there)
    )


def _errors(catalog: Catalog) -> Iterator[str]:
    if catalog.num_plurals != 1:
        yield "the header does not say nplurals=1"
    for message in entries(catalog):
        names = broken(ERRORS, message.id, message.string)
        names += ["fuzzy"] if message.fuzzy else []
        names += [] if _says_who_reviewed(message) else ["neither 未审校 nor 审校：NAME"]
        yield from (f"{message.id!r}: {name}" for name in names)


def _says_who_reviewed(message: Message) -> bool:
    return any(comment == UNREVIEWED or comment.startswith(REVIEWED) for comment in message.user_comments)


def _warnings(catalog: Catalog) -> Iterator[str]:
    terms = _terms()
    sources: dict[str, list[str]] = defaultdict(list)
    for message in entries(catalog):
        sources[message.string].append(message.id)
        yield from (f"{message.id!r}: {name}" for name in broken(WARNINGS, message.id, message.string))
        for chinese, tibetan in terms.items():
            if chinese in message.id and message.string and tibetan not in message.string:
                yield f"{message.id!r}: {chinese} is not {tibetan}"
    yield from (f"{' = '.join(map(repr, same))}: one translation" for same in sources.values() if len(same) > 1)


def _terms() -> dict[str, str]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["zh"]: row["bo"] for row in rows if row["confidence"] == "high"}


def main() -> int:
    """Run ``update`` or ``check``."""
    parser = argparse.ArgumentParser(prog="scripts/catalogue", description=__doc__)
    parser.add_argument("command", choices=("update", "check"))
    return check() if parser.parse_args().command == "check" else update() or 0


if __name__ == "__main__":
    sys.exit(main())
