"""Modules and style sheets joined into one file when they are served, so that a page costs one request for each.

Sources stay small ES modules and style sheets that name each other; nothing is built, nothing is kept on disk.
"""

import re
from collections.abc import Iterator
from pathlib import Path

IMPORT = {
    ".js": re.compile(r"""import (?:\{[^}]*\} from )?["'](\.{1,2}/[\w./-]+)["'];"""),
    ".css": re.compile(r"""@import ["']([\w./-]+)["'];"""),
}
EXPORT = re.compile(r"export (?=(?:async )?function|const |let |class )")
# In a style sheet white space means nothing around these; a selector's descendant stays apart.
SPACE = re.compile(r"\s*([{};,])\s*|(?<=:) ")
REMARK = re.compile(r"//|/\*.*\*/$")


def joined(entry: Path) -> str:
    """Return *entry* with everything it imports, each file once and before whoever needs it, remarks left out.

    Only *entry*'s own exports stay. Raises ValueError for an import or export that cannot be joined; dynamic imports
    stay as they are.
    """
    *needed, last = files(entry)
    lines = [EXPORT.sub("", line, count=1) for file in needed for line in _own_lines(file)]
    whole = "\n".join([*lines, *_own_lines(last)]) + "\n"
    return SPACE.sub(r"\1", whole) if entry.suffix == ".css" else whole


def files(entry: Path) -> list[Path]:
    """Return *entry* and everything it imports, each file once and before whoever needs it."""
    found: list[Path] = []
    _gather(entry.resolve(), found, set())
    return found


def _gather(file: Path, found: list[Path], seen: set[Path]) -> None:
    if file in seen:
        return
    seen.add(file)
    for line in _lines(file):
        if named := IMPORT[file.suffix].fullmatch(line):
            _gather((file.parent / named[1]).resolve(), found, seen)
    found.append(file)


def _own_lines(file: Path) -> Iterator[str]:
    for line in _lines(file):
        if line and not REMARK.match(line) and not IMPORT[file.suffix].fullmatch(line):
            yield _joinable(line, file)


def _lines(file: Path) -> Iterator[str]:
    return map(str.strip, file.read_text("utf-8").splitlines())


def _joinable(line: str, file: Path) -> str:
    if line.startswith(("import ", "import{", "@import", "export {", "export{", "export *", "export default")):
        raise ValueError(f"{file.name}: {line}")
    return line
