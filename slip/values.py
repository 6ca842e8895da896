"""One answer as one line of a slip, and back."""

from slip.errors import Unreadable
from slip.table import Field

YES, NO, TICKED = "yes", "no", "y"
BREAKS = str.maketrans("\r\n", "  ")


def said(field: Field, values: list[str]) -> str:
    """Return the line of *values*, as a form holds them; what no list knows is left out."""
    first = values[0] if values else ""
    match field.kind:
        case "text" | "word":
            return first.translate(BREAKS).strip()
        case "yes_no":
            return {YES: "1", NO: "0"}.get(first, "")
        case "tick":
            return "1" if first else ""
    return ",".join(str(field.words.index(value)) for value in values if value in field.words)


def understood(field: Field, line: str) -> list[str]:
    """Return the values of *line* as a form would send them, none for nothing chosen; raise Unreadable."""
    if field.kind == "text":
        return [line]
    if not line:
        return []
    try:
        match field.kind:
            case "word":
                return [line]
            case "yes_no":
                return [{"1": YES, "0": NO}[line]]
            case "tick":
                return [{"1": TICKED}[line]]
        return [_words(field)[place] for place in _chosen(field, line)]
    except KeyError:
        raise Unreadable("slip.damaged") from None


def _chosen(field: Field, line: str) -> list[str]:
    return line.split(",") if field.kind == "several" else [line]


def _words(field: Field) -> dict[str, str]:
    return {str(place): word for place, word in enumerate(field.words)}
