"""`make run` as its user meets it: two real servers, one launcher."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launched import free_port

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"set-up code +([\d-]{8,})")


class Launcher:
    """`scripts/serve` on two ports of its own, with its data in *folder*."""

    def __init__(self, folder: Path) -> None:
        self.ports = (free_port(), free_port())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve"],
            cwd=ROOT,
            env=os.environ | {"TSHEG_DATA": str(folder), "PORT": str(self.ports[0]), "HUB_PORT": str(self.ports[1])},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        self.printed = self.process.stdout
        self.said = ""

    def until_ready(self) -> "Launcher":
        """Read what it prints until it tells how to stop it."""
        while "Ctrl-C" not in self.said:
            line = self.printed.readline()
            assert line, self.said
            self.said += line
        return self

    def ended(self, how: signal.Signals | None = None) -> int:
        """Send *how*, wait for the end and return the exit code."""
        if how:
            self.process.send_signal(how)
        self.said += self.process.communicate(timeout=30)[0]
        return self.process.returncode

    def children(self) -> list[int]:
        """The servers' process ids."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(child) for child in listed.split()]


def answers(port: int) -> bool:
    """Whether a page comes from *port*."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
        return bool(page.read())
    return False


def silent_within(seconds: float, port: int) -> bool:
    """Whether *port* falls silent in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not answers(port):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of an installation that every test here starts again."""
    return tmp_path_factory.mktemp("serve")


@pytest.fixture
def launcher(folder: Path) -> Iterator[Launcher]:
    """Both services up."""
    launcher = Launcher(folder)
    yield launcher.until_ready()
    if launcher.process.poll() is None:
        launcher.process.kill()
        launcher.process.communicate()


def test_it_serves_both_with_the_sample_product_and_says_where_and_how_to_begin(launcher: Launcher, folder: Path):
    assert all(map(answers, launcher.ports))
    assert all(f"http://127.0.0.1:{port}" in launcher.said for port in launcher.ports)
    assert len(set(CODE.findall(launcher.said))) == 2
    command = [sys.executable, "-m", "flask", "--app", "app", "sync"]
    assert subprocess.run(command, cwd=ROOT, env=os.environ | {"TSHEG_DATA": str(folder)}).returncode == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_both_when_asked_and_exits_with_0(launcher: Launcher, how: signal.Signals):
    assert launcher.ended(how) == 0
    assert not any(map(answers, launcher.ports))


def test_no_server_outlives_a_killed_launcher(launcher: Launcher):
    launcher.ended(signal.SIGKILL)
    assert all(silent_within(5, port) for port in launcher.ports)


@pytest.mark.parametrize("which", [0, 1])
def test_it_stops_the_other_when_one_dies_and_exits_with_1(launcher: Launcher, which: int):
    os.kill(launcher.children()[which], signal.SIGKILL)
    assert launcher.ended() == 1
    assert not any(map(answers, launcher.ports))
    assert "stopped unexpectedly" in launcher.said


def refused(folder: Path, *ports: int) -> str:
    """What a launcher says that ends at once because it cannot serve."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.serve"],
        cwd=ROOT,
        env=os.environ | {"TSHEG_DATA": str(folder), "PORT": str(ports[0]), "HUB_PORT": str(ports[1])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_names_a_port_that_is_taken(folder: Path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        said = refused(folder, port, free_port())
    assert str(port) in said
    assert "PORT=" in said
    assert "端口" in said


def test_it_refuses_one_port_for_both(folder: Path):
    port = free_port()
    assert f"{port} 用不了" in refused(folder, port, port)


def test_it_says_in_both_languages_where_it_cannot_keep_data(tmp_path: Path):
    (tmp_path / "file").write_text("")
    said = refused(tmp_path / "file", free_port(), free_port())
    assert "写不了文件" in said
    assert "ཁབ་སྡེར" in said
