"""A PDF document out of plates and values: PDF/A-3u (ISO 19005-3), tagged, with the records it shows attached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from printing.press.attachments import Attachment, attach
from printing.press.codes import image
from printing.press.composing import Square
from printing.press.embedding import embed
from printing.press.metadata import metadata
from printing.press.objects import CONTENT_EFFORT, Objects
from printing.press.operators import recoded
from printing.press.plate import FONTS, PAGES, STRUCTURE, Page, Parts, Plate
from printing.press.setting import Fitted, Used, written

# sRGB, by whoever prints in colour; ours is black.
PROFILE = Path(__file__).parent / "srgb.icc"
PAGE = (
    b"<</Type /Page/Parent %d 0 R/MediaBox [0 0 %.3f %.3f]/Contents %d 0 R/Resources %d 0 R/Tabs /S/StructParents %d>>"
)


@dataclass
class Document:
    """Papers written one after the other; *title* and *language* are the whole document's."""

    title: str
    language: str
    objects: Objects = field(default_factory=Objects)

    def __post_init__(self) -> None:
        reserve = self.objects.reserve
        self.root, self.pages, self.structure, self.top, self.tree, self.fonts = (reserve() for _ in range(6))
        self.used = Used()
        self.recoded: dict[int, list[Sequence[bytes]]] = {}
        self.leaves: list[int] = []
        self.kids: list[int] = []
        self.marked: list[bytes] = []
        self.attachments: list[Attachment] = []

    def add(self, plate: Plate, values: Sequence[Sequence[Fitted]], squares: Sequence[Square]) -> None:
        """Write *plate* with *values*, as they fit its places, and *squares*."""
        numbers = {PAGES: self.pages, STRUCTURE: self.top, FONTS: self.fonts}
        numbers |= {one: self.objects.reserve() for one in _numbers(plate)}
        codes = self.used.note_plate(plate)
        for code in plate.codes:
            square = squares[code.square]
            self.objects.put(numbers[code.number], *image(square.content, square.error))
        for piece in plate.pieces:
            self.objects.put(numbers[piece.number], _joined(piece.parts, numbers))
        self.objects.put(numbers[plate.pages[0].resources], _joined(plate.resources, numbers))
        standing = _by_place(plate, values)
        for page, parts in zip(plate.pages, self._parts(plate, codes), strict=True):
            self._page(page, self._content(page, parts, plate, standing), numbers)
        self.kids += [numbers[kid] for kid in plate.kids]

    def attach(self, name: str, data: bytes) -> None:
        """Attach *data*, a record's JSON, as the source of what is shown."""
        self.attachments.append(attach(self.objects, name, data))

    def file(self) -> bytes:
        """Return the finished document."""
        put, refs = self.objects.put, _references
        put(self.pages, b"<</Type /Pages/Kids [%s]/Count %d>>" % (refs(self.leaves), len(self.leaves)))
        put(self.structure, b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (
            self.top, self.tree, len(self.leaves)))  # fmt: skip
        put(self.top, b"<</Type /StructElem/S /Document/P %d 0 R/K [%s]>>" % (self.structure, refs(self.kids)))
        names = embed(self.objects, self.used)
        put(self.fonts, b"<<%s>>" % b"".join(b"/%s %d 0 R" % (name.encode(), at) for name, at in names.items()))
        put(self.tree, b"<</Nums [%s]>>" % b" ".join(b"%d [%s]" % pair for pair in enumerate(self.marked)))
        put(self.root, self._catalogue())
        return self.objects.file(self.root)

    def _parts(self, plate: Plate, codes: Mapping[str, Mapping[int, int]]) -> list[Sequence[bytes]]:
        """Return the content of each page of *plate* with the codes its glyphs have here: in most papers their own."""
        if all(own == code for some in codes.values() for own, code in some.items()):
            return [page.content for page in plate.pages]
        if id(plate) not in self.recoded:
            self.recoded[id(plate)] = [recoded(page.content, codes) for page in plate.pages]
        return self.recoded[id(plate)]

    def _content(self, page: Page, content: Sequence[bytes], plate: Plate, standing: Sequence[Fitted]) -> bytes:
        parts = [content[0]]
        for hole, after in zip(page.holes, content[1:], strict=True):
            parts += (written(standing[hole.place], hole.line, plate.places[hole.place], self.used), after)
        return b"\n".join(parts)

    def _page(self, page: Page, content: bytes, numbers: dict[int, int]) -> None:
        stream = self.objects.add_packed(content, effort=CONTENT_EFFORT)
        where = (self.pages, *page.box, stream, numbers[page.resources], len(self.leaves))
        self.objects.put(numbers[page.number], PAGE % where)
        self.leaves.append(numbers[page.number])
        self.marked.append(b" ".join(b"%d 0 R" % numbers[one] if one else b"null" for one in page.marked))

    def _catalogue(self) -> bytes:
        profile = self.objects.add_packed(PROFILE.read_bytes(), b"<</N 3>>")
        described = self.objects.add(*metadata(self.title, self.language))
        return b"".join((
            b"<</Type /Catalog/Pages %d 0 R/Lang (%s)/StructTreeRoot %d 0 R" % (
                self.pages, self.language.encode(), self.structure),
            b"/ViewerPreferences <</DisplayDocTitle true>>/MarkInfo <</Marked true>>/Metadata %d 0 R" % described,
            b"/OutputIntents [<</Type /OutputIntent/S /GTS_PDFA1/OutputConditionIdentifier (sRGB)/Info (sRGB)",
            b"/DestOutputProfile %d 0 R>>]" % profile,
            *(_attached(self.attachments) if self.attachments else ()),
            b">>",
        ))  # fmt: skip


def _numbers(plate: Plate) -> Iterable[int]:
    yield from (piece.number for piece in plate.pieces)
    yield from (page.number for page in plate.pages)
    yield from (code.number for code in plate.codes)
    yield plate.pages[0].resources


def _by_place(plate: Plate, values: Sequence[Sequence[Fitted]]) -> list[Fitted]:
    waiting = [iter(fitted) for fitted in values]
    return [next(waiting[place.put]) for place in plate.places]


def _joined(parts: Parts, numbers: dict[int, int]) -> bytes:
    return b"".join(part if isinstance(part, bytes) else b"%d 0 R" % numbers[part] for part in parts)


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _attached(attachments: Sequence[Attachment]) -> tuple[bytes, bytes]:
    names = b"".join(b"%s %d 0 R" % (one.name, one.number) for one in sorted(attachments))
    return (
        b"/Names <</EmbeddedFiles <</Names [%s]>>>>" % names,
        b"/AF [%s]" % _references(one.number for one in attachments),
    )
