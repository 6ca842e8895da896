"""Write docs/vectors: what the exchange makes of given input, for whoever writes the other side in another language."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from wire.columns.entries import write_entries
from wire.columns.values import write_values
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place
from wire.header import CODECS, IDENTITY, Ack, Codec, Cursor, Held, Holding, Holds, Piece, Problem, ProblemCode
from wire.invitation import Invitation, fingerprint
from wire.keys import SigningKey
from wire.message import pack
from wire.succession import announce

FOLDER = Path(__file__).parent.parent / "docs" / "vectors"
KEY, NEXT_KEY = SigningKey(bytes(range(32))), SigningKey(bytes(range(1, 33)))
PRODUCER, EPOCH = "NLZX", "0123456789abcdef"
FILE = b"example of a file"
BODIES = (
    '{"name":"示例·扎西","amount_fen":850000,"given":true}',
    '{"name":"དཔེ་མཚོན","amount_fen":-1,"given":null}',
    "[1.5]",
)
VALUES: tuple[list[Any], ...] = (
    [None],
    [True, False, None, True],
    [1, -1, 300, 70000, 2**53 - 1],
    [7, 7, 7, 7],
    [1000, 1001, 1003, 1006, 1010],
    ["a", "示例", "དཔེ"],
    ["zh", "bo", "zh", "zh", "bo", "zh"],
    ["01a1f794-abe4-7a23-9da7-9e0ea5e8e401", "01a1f794-abe5-7b24-8da7-9e0ea5e8e402"],
    ["2026-11-20T01:02:03Z", "2026-11-20T01:02:05Z", "2026-11-20T01:03:03Z"],
    [[], [1, "x"], [2]],
    [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}],
    [{"a": 1}, {}, {"b": [{"a": None}]}, 5, "x"],
)


def entries() -> list[Entry]:
    """Return the three entries that all examples are made of."""
    made: list[Entry] = []
    for seq, body in enumerate(BODIES, start=1):
        revision = Revision(
            record_id=f"01a1f794-abe4-7a23-9da7-00000000000{seq}",
            kind="application",
            revision=seq,
            form_version=1,
            made_at=f"2026-11-20T01:02:0{seq}Z",
            made_by="示例经办",
            body=body.encode(),
        )
        prev_hash = made[-1].hash if made else GENESIS
        made.append(
            place(
                revision, producer=PRODUCER, epoch=EPOCH, seq=seq, prev_hash=prev_hash, salt=bytes([seq]) * SALT_BYTES
            )
        )
    return made


def vectors() -> dict[str, Any]:
    """Return what stands in each file, by its name."""
    return {
        "entries": [_entry(entry) for entry in entries()],
        "columns": [{"values": values, "columns": write_values(values).hex()} for values in VALUES],
        "entry-columns": {"count": len(BODIES), "columns": write_entries(entries()).hex()},
        "messages": {"private_key": KEY.raw.hex(), "public_key": KEY.public.hex, "messages": _messages()},
        "invitation": _invitation(),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    names = ("producer", "epoch", "seq", "record_id", "kind", "revision", "form_version", "made_at", "made_by")
    digests = ("salt", "prev_hash", "body_hash", "hash")
    plain = {name: getattr(entry, name) for name in names}
    return plain | {"body": entry.body.decode()} | {name: getattr(entry, name).hex() for name in digests}


def _messages() -> list[dict[str, Any]]:
    digest = entries()[-1].hash
    ack = Ack(producer=PRODUCER, epoch=EPOCH, seq=3, hash=digest, hub_time="2026-11-20T01:02:09Z")
    problem = Problem(code=ProblemCode.GAP, seq=3, hash=digest)
    cursor = Cursor(epoch=EPOCH, seq=3, hash=digest)
    made = [(f"entries in {codec}", _packed(codec, entries=entries())) for codec in (*CODECS, IDENTITY)]
    made.append(("poll", _packed(cursor=cursor, accept=CODECS, room=262144)))
    made += [("acknowledgement", _packed(ack=ack)), ("problem", _packed(problem=problem))]
    holding = Holding(epoch=EPOCH, seq=3, hash=digest, acked=2)
    next_key = announce(NEXT_KEY, KEY.public, PRODUCER, "hub-1")
    made.append(("next key", _packed(next_key=next_key, holds=Holds(streams=(holding,), tail=True))))
    file = hashlib.sha256(FILE).digest()
    piece = Piece(digest=file, size=len(FILE), offset=5)
    held = [Held(digest=file, held=9), Held(digest=bytes(32), problem="unannounced")]
    made += [
        ("piece", _packed(piece=piece, data=FILE[5:9])),
        ("question about a file", _packed(files=[Held(digest=file)])),
        ("what is held of files", _packed(files=held)),
    ]
    return [{"name": name, "message": base64.b64encode(data).decode()} for name, data in made]


def _invitation() -> dict[str, Any]:
    pins = (base64.b64encode(bytes(32)).decode(),)
    made = Invitation(PRODUCER, "0123456789ABCDEFGHJK", fingerprint(KEY.public), "https://hub.example", pins)
    return {"text": made.text, "hub_public_key": KEY.public.hex, "hub": made.hub, "private_key": made.key.raw.hex()}


def _packed(codec: Codec = IDENTITY, **more: Any) -> bytes:
    return pack(KEY, sender=PRODUCER, receiver="hub-1", nonce="example", codecs=(codec,), **more)


if __name__ == "__main__":
    for file, content in vectors().items():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"{file}.json").write_text(text, encoding="utf-8")
