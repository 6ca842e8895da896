"""The faults of a line (故障): each a way to treat one request. Half of them lie, none of them can sign."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.faults.call import Call

Fault = Callable[[Call], Awaitable[None]]
HTML = b"<html><title>Wi-Fi</title>Please sign in</html>"
MESSAGE = b"application/octet-stream"
PAGE = b"text/html; charset=utf-8"


def page(status: bytes, body: bytes = HTML, content_type: bytes = PAGE, more: bytes = b"") -> Fault:
    """Return the fault that answers with *body* whatever was asked; the hub hears nothing."""

    async def answer(call: Call) -> None:
        await call.request()
        await call.say(http(status, body, content_type, more))

    return answer


def http(status: bytes, body: bytes, content_type: bytes, more: bytes = b"") -> bytes:
    """Write an answer as HTTP."""
    head = b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n%b\r\n"
    return head % (status, content_type, len(body), more) + body


async def nothing(call: Call) -> None:
    """Only the latency of the line, as in every fault."""
    await call.say(await call.ask(await call.request()))


async def thin(call: Call) -> None:
    """2 to 64 kbit/s each way."""
    bits = call.bits()
    await call.say(await call.ask(await call.request(), up=bits), bits)


async def slow_reader(call: Call) -> None:
    """The hub's answer is taken slowly."""
    await call.say(await call.ask(await call.request(), down=call.bits()))


async def refused(call: Call) -> None:
    """Reset at the first byte."""
    call.reset()


async def reset_on_the_way_up(call: Call) -> None:
    """Broken off while the request is on its way: the hub has a part of it."""
    await call.ask_in_part(await call.request())
    call.reset()


async def answer_lost(call: Call) -> None:
    """The hub took it and answered; the answer never came."""
    await call.ask(await call.request())
    call.reset()


async def reset_on_the_way_down(call: Call) -> None:
    """Broken off in the answer."""
    answer = await call.ask(await call.request())
    await call.say(answer[: call.chance.randrange(len(answer))])
    call.reset()


async def truncated(call: Call) -> None:
    """The answer ends too early, and properly."""
    answer = await call.ask(await call.request())
    await call.say(answer[: call.chance.randrange(len(answer))])
    call.close()


async def half_open(call: Call) -> None:
    """Half of the connection is gone: the request arrives nowhere, and nobody says so."""
    await call.request()
    await call.is_given_up()


async def half_open_behind(call: Call) -> None:
    """The same, on the way back."""
    await call.ask(await call.request())
    await call.is_given_up()


async def dripping(call: Call) -> None:
    """The answer comes a byte every ten seconds: never silent, and never there."""
    await call.carry(call.far, await call.ask(await call.request()), bits=0.8)


async def twice(call: Call) -> None:
    """The request arrives twice at the same time, and one of the answers comes."""
    request = await call.request()
    answers = await asyncio.gather(call.ask(request), call.ask(request))
    await call.say(call.chance.choice(answers))


async def again_later(call: Call) -> None:
    """Something said before arrives once more, before what is said now."""
    request = await call.request()
    await call.ask(call.chance.choice(call.heard[call.code].requests))
    await call.say(await call.ask(request))


async def old_answer(call: Call) -> None:
    """An answer of before comes to what is said now."""
    await call.request()
    answers = call.heard[call.code].answers
    await call.say(call.chance.choice(answers) if answers else b"HTTP/1.1 204 No Content\r\n\r\n")


async def anothers_answer(call: Call) -> None:
    """What was meant for another point comes here."""
    await call.ask(await call.request())
    await call.say(call.chance.choice([heard.answers[-1] for heard in call.heard.values() if heard.answers]))


async def changed_on_the_way_up(call: Call) -> None:
    """A bit is turned in the request."""
    await call.say(await call.ask(_turned(call, await call.request())))


async def changed_on_the_way_down(call: Call) -> None:
    """A bit is turned in the answer."""
    await call.say(_turned(call, await call.ask(await call.request())))


async def closed_behind(call: Call) -> None:
    """All is well, but the kept connection is dead when it is needed again."""
    await nothing(call)
    call.close()


def _turned(call: Call, message: bytes) -> bytes:
    start = message.index(b"\r\n\r\n") + 4
    changed = bytearray(message)
    changed[call.chance.randrange(start, len(message))] ^= 1 << call.chance.randrange(8)
    return bytes(changed)


FAULTS: dict[str, Fault] = {
    one.__name__: one
    for one in (
        nothing, thin, slow_reader, refused, reset_on_the_way_up, answer_lost, reset_on_the_way_down, truncated,
        half_open, half_open_behind, dripping, twice, again_later, old_answer, anothers_answer, changed_on_the_way_up,
        changed_on_the_way_down, closed_behind,
    )
} | {
    "portal": page(b"200 OK"),
    "portal_under_our_type": page(b"200 OK", content_type=MESSAGE),
    "portal_elsewhere": page(b"302 Found", b"", more=b"Location: http://127.0.0.1:9/login\r\n"),
    "empty": page(b"200 OK", b"", MESSAGE),
    "error_page": page(b"500 Internal Server Error"),
    "busy": page(b"503 Service Unavailable", b"", more=b"Retry-After: 1\r\n"),
    "bad_gateway": page(b"502 Bad Gateway"),
}  # fmt: skip
