"""The service point and the insurer's hub side by side on this machine, until Ctrl-C or SIGTERM."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.introduce import is_known
from scripts.service import Service, Stopped, require_ports, run, running

WATCH_SECONDS = 0.5
READY = """
  服务点 · service point         {point.url}{codes[0]}
  保险公司平台 · insurer's hub   {hub.url}{codes[1]}

  数据 · data: {data}
  按 Ctrl-C 停止 · Ctrl-C stops both
"""
CODE = "\n      首次设置码（只用一次）· one-time set-up code   {code}"


def main(arguments: Sequence[str]) -> None:
    """Serve both, introduced to each other; return when asked to stop, raise Stopped when one cannot go on."""
    if "--demo" in arguments:
        os.environ["TSHEG_DATA"] = str(Path(os.environ.get("TSHEG_DATA", "data")) / "demo")
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        serve(demo="--demo" in arguments)
    except KeyboardInterrupt:
        _say("已停止 · stopped")


def serve(*, demo: bool) -> None:
    """Hold both services running until one of them ends."""
    point, hub = services()
    require_ports((point, hub))
    with running(hub) as insurer:
        known = is_known(hub.url)
        hub_code = insurer.set_up_code()
        if not known:
            _say("正在登记服务点 · introducing the point to the hub …")
            run("scripts.introduce", hub.url)
        if demo:
            _say("正在装入示例数据 · loading synthetic sample data …")
            run("scripts.sample_points", hub.url, os.environ["TSHEG_DATA"])
        with running(point) as counter:
            codes = _shown(counter.set_up_code()), _shown(hub_code)
            _say(READY.format(point=point, hub=hub, codes=codes, data=os.environ.get("TSHEG_DATA", "data")))
            while True:
                insurer.require_alive()
                counter.require_alive()
                time.sleep(WATCH_SECONDS)


def services() -> tuple[Service, Service]:
    """Return the point and the hub at the ports the environment asks for."""
    return (
        Service("服务点", "serve:create_app", "PORT", _port("PORT", "5000")),
        Service("保险公司平台", "hub.serve:create_app", "HUB_PORT", _port("HUB_PORT", "5001")),
    )


def _port(variable: str, default: str) -> int:
    text = os.environ.get(variable, default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Stopped(f"{variable}={text!r}: 应为 1–65535 的整数 / must be a whole number from 1 to 65535")
    return int(text)


def _shown(code: str) -> str:
    return CODE.format(code=code) if code else ""


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
