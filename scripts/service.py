"""One of the two web applications, held running as a child of the launcher."""

import contextlib
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
STOP_SECONDS = 8
TAKEN = """{name} 的端口 {port} 用不了（已被占用，或没有权限）。请用 {variable}=… 换一个端口。
Port {port} cannot be used (taken, or not permitted). Choose another one with {variable}=…"""
DIED = """{name} 意外停止（退出码 {code}），因此全部停止。
{factory} stopped unexpectedly (exit code {code}), so everything was stopped."""


class Stopped(SystemExit):
    """The launcher cannot go on; the message says why, the exit code is 1."""


@dataclass(frozen=True)
class Service:
    """A web application: what it is called, what makes it, and which variable names its port."""

    name: str
    factory: str
    variable: str
    port: int

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        return f"http://{HOST}:{self.port}"


@dataclass(frozen=True)
class Running:
    """A service and the process that serves it."""

    service: Service
    process: subprocess.Popen[str]

    def set_up_code(self) -> str:
        """Wait until it takes connections; return the code for its first person, empty once there is somebody."""
        line = next(iter(self.process.stdout or ()), "")
        if not line:
            self.process.wait()
            self.require_alive()
        return line.strip()

    def require_alive(self) -> None:
        """Raise Stopped when the process has ended by itself."""
        if self.process.poll() is not None:
            raise Stopped(DIED.format(**vars(self.service), code=self.process.returncode))

    def stop(self) -> None:
        """End it, after what it is answering if that is soon."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def running(service: Service) -> Iterator[Running]:
    """Start *service*; stop it in the end, whatever happens."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "scripts.server", service.factory, str(service.port)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C reaches the launcher alone, which then stops both
    )
    served = Running(service, process)
    try:
        yield served
    finally:
        served.stop()


def run(module: str, *arguments: str) -> None:
    """Run *module* to its end in a process of its own, so that the launcher stays small; raise Stopped."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # noqa: S603
    if done.returncode:
        raise Stopped(done.stderr.strip())


def require_ports(services: Sequence[Service]) -> None:
    """Raise Stopped unless every port can be had, all at once."""
    with contextlib.ExitStack() as stack:
        for service in services:
            probe = stack.enter_context(socket.socket())
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, service.port))
                probe.listen()
            except OSError as error:
                raise Stopped(TAKEN.format(**vars(service))) from error
