"""Two machines on this one (网络命名空间): network namespaces, a line of a given rate between them, packets dropped."""

import ctypes
import json
import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NEAR, FAR = "10.77.0.1", "10.77.0.2"
NEW_NETWORK = 0x40000000
RULES = """table inet line {{
  chain arriving {{
    type filter hook input priority 0;
    iifname "line" numgen random mod 100 < {loss} drop
  }}
}}
"""


@dataclass(frozen=True)
class Machines:
    """The names of the two namespaces: the point is in *near*, the hub in *far*, at the address ``FAR``."""

    near: str
    far: str

    def carried(self) -> int:
        """Count the bytes that the point's end of the line sent and received, with every header."""
        [shown] = json.loads(_run("ip", "-n", self.near, "-s", "-j", "link", "show", "line"))
        return int(shown["stats64"]["rx"]["bytes"] + shown["stats64"]["tx"]["bytes"])


@contextmanager
def machines(kbit: int, loss: int) -> Iterator[Machines]:
    """Make both, and a line of *kbit* a second (0 is as fast as this machine) between them.

    Of the packets in each direction *loss* of a hundred are dropped.
    """
    tag = secrets.token_hex(3)
    both = Machines(f"tsheg-near-{tag}", f"tsheg-far-{tag}")
    try:
        for name in (both.near, both.far):
            _run("ip", "netns", "add", name)
        _run("ip", "link", "add", "line", "netns", both.near, "type", "veth", "peer", "name", "line", "netns", both.far)
        for name, address in ((both.near, NEAR), (both.far, FAR)):
            _raise(name, address, kbit, loss)
        yield both
    finally:
        for name in (both.near, both.far):
            subprocess.run(["ip", "netns", "del", name], check=False)


def enter(name: str) -> None:
    """Put this process into the namespace *name*."""
    handle = os.open(Path("/run/netns") / name, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(handle, NEW_NETWORK):
            raise OSError(ctypes.get_errno(), name)
    finally:
        os.close(handle)


def _raise(name: str, address: str, kbit: int, loss: int) -> None:
    _run("ip", "-n", name, "addr", "add", f"{address}/24", "dev", "line")
    for device in ("lo", "line"):
        _run("ip", "-n", name, "link", "set", device, "up")
    if kbit:
        rate = ("rate", f"{kbit}kbit", "burst", "1600", "latency", "10s")
        _run("ip", "netns", "exec", name, "tc", "qdisc", "add", "dev", "line", "root", "tbf", *rate)
    if loss:
        _run("ip", "netns", "exec", name, "nft", "-f", "-", given=RULES.format(loss=loss))


def _run(*command: str, given: str = "") -> str:
    return subprocess.run(command, input=given, text=True, check=True, capture_output=True).stdout
