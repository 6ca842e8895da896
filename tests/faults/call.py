"""One request of a point on its way to the hub: what a line can do with it."""

import asyncio
import math
import re
import socket
import struct
from dataclasses import dataclass, field
from random import Random

HOST = "127.0.0.1"
LATENCY = 0.3, 2.0
BITS = 2_000, 64_000
PIECES_A_SECOND = 20
LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
NOW = struct.pack("ii", 1, 0)


@dataclass
class Heard:
    """What passed on one point's line: whole requests, and the hub's answers."""

    requests: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)


@dataclass
class Call:
    """The point's end of a connection and the way to the hub. Seconds and bits are those of the field."""

    near: asyncio.StreamReader
    far: asyncio.StreamWriter
    hub_port: int
    chance: Random
    heard: dict[str, Heard]
    code: str
    faster: float
    first: bytes = b""

    async def begins(self) -> None:
        """Wait for the first byte of a request; raise EOFError when none comes."""
        self.first = await self.near.readexactly(1)

    async def request(self) -> bytes:
        """Take the whole request from the point, after the time it is on its way."""
        request = self.first + await _message(self.near)
        self.heard[self.code].requests.append(request)
        await self.wait(self.chance.uniform(*LATENCY) / 2)
        return request

    async def ask(self, request: bytes, up: float = 0, down: float = 0) -> bytes:
        """Bring *request* to the hub and return its answer; *up* and *down* are bits a second, 0 is at once."""
        reader, writer = await asyncio.open_connection(HOST, self.hub_port)
        try:
            await self.carry(writer, request, up)
            answer = await _message(reader)
            await self.wait(len(answer) * 8 / down if down else 0)
        finally:
            writer.close()
        self.heard[self.code].answers.append(answer)
        return answer

    async def ask_in_part(self, request: bytes) -> None:
        """Bring the hub the beginning of *request* and break off."""
        _, writer = await asyncio.open_connection(HOST, self.hub_port)
        writer.write(request[: self.chance.randrange(len(request))])
        await writer.drain()
        await self.wait(0.3)
        reset(writer)

    async def say(self, data: bytes, bits: float = 0) -> None:
        """Bring *data* to the point."""
        await self.wait(self.chance.uniform(*LATENCY) / 2)
        await self.carry(self.far, data, bits)

    async def carry(self, writer: asyncio.StreamWriter, data: bytes, bits: float) -> None:
        """Write *data* piece by piece, no faster than *bits* a second."""
        piece = max(1, int(bits / 8 / PIECES_A_SECOND * self.faster)) if bits else len(data) or 1
        for start in range(0, len(data), piece):
            writer.write(data[start : start + piece])
            await writer.drain()
            await self.wait(piece * 8 / bits if bits else 0)

    async def wait(self, seconds: float) -> None:
        """Let *seconds* of the field pass."""
        await asyncio.sleep(seconds / self.faster)

    async def is_given_up(self) -> None:
        """Wait until the point hangs up."""
        await self.near.read()

    def bits(self) -> float:
        """Draw a rate, as often below 11 kbit/s as above."""
        low, high = BITS
        return low * math.pow(high / low, self.chance.random())

    def reset(self) -> None:
        """Break the point's connection off as a lost line does."""
        reset(self.far)

    def close(self) -> None:
        """End the point's connection properly."""
        self.far.close()


def reset(writer: asyncio.StreamWriter) -> None:
    """Break a connection off: the other end gets RST."""
    endpoint: socket.socket = writer.get_extra_info("socket")
    endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
    writer.transport.abort()


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    return head + await reader.readexactly(int(length[1]) if length else 0)
