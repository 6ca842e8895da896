"""Modules and style sheets joined into one file when they are served, so that a page costs one request for each.

Sources stay small ES modules and style sheets that name each other; nothing is built, nothing is kept on disk.
"""

import re
from pathlib import Path

IMPORT = {
    ".js": re.compile(r"""import (?:\{[^}]*\} from )?["'](\.{1,2}/[\w./-]+)["'];"""),
    ".css": re.compile(r"""@import ["']([\w./-]+)["'];"""),
}
EXPORT = re.compile(r"export (?=(?:async )?function|const |let |class )")
REMARK = re.compile(r"//|/\*.*\*/$")


def joined(entry: Path) -> str:
    """Return *entry* with everything it imports, each file once and before whoever needs it, remarks left out.

    Only *entry*'s own exports stay. Raises ValueError for an import or export that cannot be joined; dynamic imports
    stay as they are.
    """
    lines: list[str] = []
    _join(entry.resolve(), lines, set(), entry=True)
    return "\n".join(lines) + "\n"


def _join(file: Path, lines: list[str], seen: set[Path], *, entry: bool = False) -> None:
    if file in seen:
        return
    seen.add(file)
    own = []
    for line in map(str.strip, file.read_text("utf-8").splitlines()):
        if found := IMPORT[file.suffix].fullmatch(line):
            _join((file.parent / found[1]).resolve(), lines, seen)
        elif line and not REMARK.match(line):
            own.append(line if entry and EXPORT.match(line) else _unexported(line, file))
    lines.extend(own)


def _unexported(line: str, file: Path) -> str:
    if line.startswith(("import ", "import{", "@import", "export {", "export{", "export *", "export default")):
        raise ValueError(f"{file.name}: {line}")
    return EXPORT.sub("", line, count=1) if line.startswith("export ") else line
