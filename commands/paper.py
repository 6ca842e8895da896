"""``flask restore-from-paper``: records back from scans and photographs of papers, or from a scanner gun."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from commands.plainly import plainly
from commands.scans import Scans
from domain.words import N_
from i18n import both, in_both
from imprint import digits
from imprint.papers import Papers
from slip.errors import Unreadable
from slip.frames import Part
from views.database import database
from views.restoring import Report, put_back, without_data

KINDS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".webp"})
CONSOLE = ""
SCAN_NOW = N_("请用扫码枪扫打印件上的数据码，扫完按Ctrl-D")


@click.command("restore-from-paper")
@click.argument("paths", nargs=-1, metavar="[FILE OR FOLDER]...", type=click.Path(exists=True, path_type=Path))
@with_appcontext
@plainly()
def restore_from_paper(paths: tuple[Path, ...]) -> None:
    """Put back the records on scanned or photographed papers (PDF, PNG, JPEG, WebP), several on a page or not.

    Without any file the codes are read as a scanner gun types them, line by line. Again, it changes nothing.
    Exit 0 when every file was read and every paper's record is here.
    """
    scans = Scans()
    reports = _from_files(paths, scans) if paths else _from_gun()
    restored = sum(report.restored for report in reports)
    missing = [report for report in reports if not report.good]
    click.echo(both(N_("已恢复 %(restored)d 份，本机原有 %(here)d 份，没有恢复 %(missing)d 份"), restored=restored,
                    here=len(reports) - restored - len(missing), missing=len(missing)))  # fmt: skip
    if scans.unread:
        click.echo(both(N_("有 %(unread)d 个文件没有读出"), unread=len(scans.unread)))
    raise SystemExit(1 if missing or scans.unread else 0)


def _from_files(paths: Sequence[Path], scans: Scans) -> list[Report]:
    _scan(list(dict.fromkeys(_files(paths))), scans)
    papers = list(scans.papers)
    with _progress(len(papers)) as bar:
        reports = put_back(database(), papers, CONSOLE, bar.update)
    reports += without_data(database(), scans.references, reports)
    for report in reports:
        _say(report, ", ".join(dict.fromkeys(scans.names[report.tag])))
    return reports


def _scan(files: Sequence[Path], scans: Scans) -> None:
    sheets = [(file, page) for file in files for page in range(scans.pages(file))]
    with _progress(len(sheets)) as bar:
        for file, page in sheets:
            scans.take(file, page)
            bar.update(1)
    for file in files:
        if file not in scans.read | scans.unread:
            scans.refuse(file, Unreadable("imprint.no_code"))


def _progress(length: int) -> Any:
    return click.progressbar(length=length, file=sys.stderr, hidden=not sys.stderr.isatty())


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in inside if file == path or file.suffix.lower() in KINDS)


def _from_gun() -> list[Report]:
    papers, reports = Papers(), dict[str, Report]()
    if sys.stdin.isatty():
        click.echo(both(SCAN_NOW), err=True)
    for line in filter(str.strip, sys.stdin):
        try:
            parts = digits.parts(line)
        except Unreadable as error:
            click.echo(in_both(error), err=True)
            continue
        for part in parts:
            _typed(papers, part, reports)
    return list(reports.values())


def _typed(papers: Papers, part: Part, reports: dict[str, Report]) -> None:
    if not papers.add(part):
        click.echo(in_both(Unreadable("imprint.doubled")), err=True)
    elif part.tag not in reports or not reports[part.tag].good:
        before = reports.get(part.tag)
        (reports[part.tag],) = put_back(database(), [papers.of(part)], CONSOLE)
        if reports[part.tag] != before:
            _say(reports[part.tag])


def _say(report: Report, where: str = "") -> None:
    click.echo("  ".join(filter(None, (where, report.number, in_both(report.said)))), err=not report.good)
