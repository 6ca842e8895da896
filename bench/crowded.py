"""Receiving into a journal of many entries beside an empty one: the same server and minute, message by message in turn.

``ROWS=5000000`` fills five million entries, 200,000 otherwise; the figure's name says how many. They stand
as years of several hundred points would leave them: both directions in turn, real bodies, each chain's head
where the next message goes on, the desk's list of applications, all keys and indexes. The server makes them
itself. Every message comes from another point.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from statistics import median

from sqlalchemy import Connection, insert, text, update

from bench.ingest import hub, receive
from bench.sender import Sender, enrol, senders
from hub import backlog
from hub.installation import Installation
from hub.store import streams, tables
from hub.store.engine import write
from hub.store.streams import Head
from scripts import postgresql
from wire.header import Cursor

POINTS = 400
MESSAGES, PER_MESSAGE, WARM_UP = 44, 100, 4
SAMPLE, CHUNK, FIRST_POSITION = 200, 200_000, 1000
BEFORE = "2026-01-01T00:00:00Z"

Hub = tuple[Installation, Sender]

PREPARE = (
    "CREATE TABLE filled (n BIGINT, code TEXT, up TEXT, down TEXT, down_seq BIGINT)",
    """
    CREATE TABLE sample AS
    SELECT nth, kind, made_by, body, kind = 'application' AS is_up
    FROM generate_series(0, :sample - 1) AS nth
    JOIN (SELECT kind, made_by, body, row_number() OVER (PARTITION BY kind ORDER BY position) - 1 AS place,
                 count(*) OVER (PARTITION BY kind) AS number
          FROM entry WHERE kind IN ('application', 'decision')) AS real ON place = nth % number
    """,
)
# Entry i belongs to the point i % points and is its k-th: the point wrote it where k is even, we where it is odd.
FILL = """
    WITH counted AS (
        SELECT i, i / :points AS k, lpad(to_hex(1700000000000 + i), 12, '0') AS moment, md5(i::text) AS random
        FROM generate_series(CAST(:first AS bigint), :last) AS i
    ), written AS (
        INSERT INTO entry (point, producer, epoch, seq, position, recorded_at, record_id, kind, revision, form_version,
                           made_at, made_by, body, salt, body_hash, prev_hash, hash)
        SELECT code, CASE WHEN is_up THEN code ELSE 'hub/' || code END, CASE WHEN is_up THEN up ELSE down END,
               k / 2 + 1 + CASE WHEN is_up THEN 0 ELSE down_seq END, :position + k, :before,
               concat_ws('-', left(moment, 8), right(moment, 4), '7' || left(random, 3), 'a' || substr(random, 4, 3),
                         right(random, 12)),
               kind, 1, 1, :before, made_by, body, decode(random, 'hex'),
               sha256(int8send(-i)), sha256(int8send(i - 2 * :points)), sha256(int8send(i))
        FROM counted
        JOIN filled ON n = i % :points
        JOIN sample ON nth = k / 2 % :sample AND is_up = (k % 2 = 0)
        ORDER BY i
        RETURNING point, record_id, producer, epoch, seq, kind
    )
    INSERT INTO application (point, record_id, revision, producer, epoch, seq, reference, policyholder, buyers,
                             amount_fen, applied_on, received_at, state, outcome, policy_number)
    SELECT point, record_id, 1, producer, epoch, seq, 'SL-' || record_id, '示例农资经营部', 2,
           8500000, left(:before, 10), :before, 'decided', 'accepted', 'SL-2026-' || right(record_id, 10)
    FROM written WHERE kind = 'application'
"""


def run() -> Iterator[tuple[str, float, str]]:
    """Fill one of two hubs, and let both receive the same messages in turn."""
    rows = int(os.environ.get("ROWS", "200000"))
    with postgresql.database() as first, postgresql.database() as second, hub(first) as empty, hub(second) as full:
        filled, fresh = fill(full, rows), senders(POINTS)
        enrol(empty, fresh)
        _settle(empty)
        rounds = [_round(n, (empty, fresh[n]), (full, filled[n])) for n in range(MESSAGES)][WARM_UP:]
    yield f"hub.ingest_ratio_{_short(rows)}_to_empty", median(alone / crowded for alone, crowded in rounds), "ratio"


def fill(here: Installation, rows: int) -> list[Sender]:
    """Write *rows* entries; return the points, ready to go on after them."""
    points = senders(POINTS)
    enrol(here, points)
    _sample(here)
    with write(here.engine) as connection:
        for statement in PREPARE:
            connection.execute(text(statement), {"sample": SAMPLE})
        heads = [_head(connection, one) for one in points]
        connection.execute(text("INSERT INTO filled VALUES (:n, :code, :up, :down, :seq)"), [
            {"n": n, "code": one.stamp.code, "up": one.epoch, "down": head.epoch, "seq": head.seq}
            for n, (one, head) in enumerate(zip(points, heads, strict=True))
        ])  # fmt: skip
    for first in range(0, rows, CHUNK):
        _fill(here, first, min(first + CHUNK, rows) - 1)
    with write(here.engine) as connection:
        for n, (one, head) in enumerate(zip(points, heads, strict=True)):
            _go_on(connection, one, head, n, rows)
    _settle(here)
    return points


def _sample(here: Installation) -> None:
    one = Sender()
    enrol(here, [one])
    receive(here, one, one.write(SAMPLE))
    backlog.clear(here, one.stamp.code)


def _head(connection: Connection, one: Sender) -> Head:
    head = streams.newest(connection, one.stamp.code, streams.down(one.stamp.code))
    if head is None:
        raise AssertionError("not enrolled")
    return head


def _fill(here: Installation, first: int, last: int) -> None:
    numbers = {"first": first, "last": last, "points": POINTS, "sample": SAMPLE, "position": FIRST_POSITION}
    with write(here.engine) as connection:
        # Keys and indexes are kept up; only the look at the stream, row by row, is left out.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(FILL), numbers | {"before": BEFORE})


def _go_on(connection: Connection, one: Sender, head: Head, n: int, rows: int) -> None:
    number = -(-(rows - n) // POINTS)
    ups, downs = -(-number // 2), number // 2
    one.seq, one.hash = ups, _hash(n + POINTS * 2 * (ups - 1))
    one.cursor = Cursor(epoch=head.epoch, seq=head.seq + downs, hash=_hash(n + POINTS * (2 * downs - 1)))
    code, stream = one.stamp.code, tables.stream
    up = {"point": code, "producer": code, "epoch": one.epoch, "ordinal": 1, "opened_at": BEFORE}
    connection.execute(insert(stream), up | {"seq": one.seq, "hash": one.hash})
    down = update(stream).where(stream.c.point == code, stream.c.producer == head.producer)
    connection.execute(down.values(seq=one.cursor.seq, hash=one.cursor.hash))


def _hash(i: int) -> bytes:
    return sha256(i.to_bytes(8, "big")).digest()


def _settle(here: Installation) -> None:
    with write(here.engine) as connection:
        connection.execute(text("ANALYZE"))


def _round(n: int, empty: Hub, full: Hub) -> tuple[float, float]:
    sides = {"empty": empty, "full": full}
    # Who comes second finds caches as the first left them, so they take turns.
    turns = sorted(sides, reverse=bool(n % 2))
    took = {side: receive(*sides[side], sides[side][1].write(PER_MESSAGE)) for side in turns}
    return took["empty"], took["full"]


def _short(rows: int) -> str:
    return f"{rows // 1_000_000}m" if rows >= 1_000_000 else f"{rows // 1000}k"
