"""The Tibetan catalogue: brought up to date with the sources, and checked against them."""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from scripts.tibetan_lint import ERRORS, WARNINGS, broken

ROOT = Path(__file__).parent.parent
FILE = ROOT / "translations/bo/LC_MESSAGES/messages.po"
GLOSSARY = ROOT / "translations/glossary.tsv"
LABELS = """BlankNumber Choice Code Copies CreditCode Day FullName Mobile NewPin Number Options Pin Several Text
    TibetanName Tick Year YesNo Yuan"""
PAPER = ("both", "sentence", "beside")
KEYWORDS = dict.fromkeys(("_", "N_", "gettext", "lazy", *PAPER, *LABELS.split())) | {"text": (2,), "says": (2,)}
UNREVIEWED = "未审校"
REVIEWED = "审校："
HEADER = "# Tibetan (bo). Each entry says 未审校 until a reader of Tibetan has put 审校：NAME DATE in its place."


def empty() -> Catalog:
    """Return a catalogue with our header and nothing else."""
    return Catalog(locale="bo", header_comment=HEADER, project="tsheg", version="1", fuzzy=False)


def extract() -> Catalog:
    """Return every message of the sources, with the files it stands in."""
    catalog = empty()
    with (ROOT / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    for file, _line, message, _comments, _context in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS):
        catalog.add(message, locations=[(file, 0)])
    return catalog


def kept() -> Catalog:
    """Return the catalogue on disk, an empty one before there is any."""
    if not FILE.exists():
        return empty()
    with FILE.open("rb") as file:
        return read_po(file, locale="bo")


def entries(catalog: Catalog) -> dict[str, Message]:
    """Return source text → message, without the header."""
    return {str(message.id): message for message in catalog if message.id}


def update() -> None:
    """Add what is new, set aside what is gone; translations stay, also of what was set aside."""
    catalog, sources = kept(), extract()
    _bring_back(catalog, sources)
    catalog.update(sources, no_fuzzy_matching=True, update_creation_date=False)
    for message in entries(catalog).values():
        message.user_comments = message.user_comments or [UNREVIEWED]
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("wb") as file:
        write_po(file, catalog, width=0, sort_output=True, include_lineno=False)
    found = entries(catalog)
    print(f"{len(found)} messages, {sum(not message.string for message in found.values())} to translate")


def _bring_back(catalog: Catalog, sources: Catalog) -> None:
    for source in entries(sources):
        if source in catalog.obsolete:
            catalog[source] = catalog.obsolete.pop(source)


def check() -> int:
    """Print every error, then the warnings, then the counts; return 1 when there is an error."""
    catalog, sources = kept(), extract()
    errors = [*_stale(catalog, sources), *_errors(catalog)]
    for finding in _warnings(catalog):
        print(f"warning: {finding}")
    for finding in errors:
        print(f"error: {finding}")
    found = entries(catalog)
    reviewed = sum(any(REVIEWED in comment for comment in message.user_comments) for message in found.values())
    print(f"{len(found)} messages, {len(errors)} errors, {reviewed} reviewed by a reader of Tibetan")
    return 1 if errors else 0


def _stale(catalog: Catalog, sources: Catalog) -> Iterator[str]:
    here, there = entries(catalog).keys(), entries(sources).keys()
    yield from (f"{source!r}: not in the catalogue; run scripts/catalogue update" for source in sorted(there - here))
    yield from (
        f"{source!r}: no longer in the sources; run scripts/catalogue update" for source in sorted(here - there)
    )


def _errors(catalog: Catalog) -> Iterator[str]:
    if catalog.num_plurals != 1:
        yield "the header does not say nplurals=1"
    for source, message in entries(catalog).items():
        names = broken(ERRORS, source, str(message.string))
        names += ["fuzzy"] if message.fuzzy else []
        names += [] if _says_who_reviewed(message) else ["neither 未审校 nor 审校：NAME"]
        yield from (f"{source!r}: {name}" for name in names)


def _says_who_reviewed(message: Message) -> bool:
    return any(comment == UNREVIEWED or comment.startswith(REVIEWED) for comment in message.user_comments)


def _warnings(catalog: Catalog) -> Iterator[str]:
    translations = {source: str(message.string) for source, message in entries(catalog).items() if message.string}
    for source, translation in translations.items():
        yield from (f"{source!r}: {name}" for name in broken(WARNINGS, source, translation))
        yield from (f"{source!r}: {zh} is not {bo}" for zh, bo in _terms() if zh in source and bo not in translation)
    yield from _shared(translations)


def _shared(translations: dict[str, str]) -> Iterator[str]:
    sources: dict[str, list[str]] = defaultdict(list)
    for source, translation in translations.items():
        sources[translation].append(source)
    yield from (f"{' = '.join(map(repr, several))}: one translation" for several in sources.values() if several[1:])


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return tuple((row["zh"], row["bo"]) for row in rows if row["confidence"] == "high")


def main() -> int:
    """Run ``update`` or ``check``."""
    parser = argparse.ArgumentParser(prog="scripts/catalogue", description=__doc__)
    parser.add_argument("command", choices=("update", "check"))
    if parser.parse_args().command == "check":
        return check()
    update()
    return 0


if __name__ == "__main__":
    sys.exit(main())
