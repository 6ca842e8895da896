"""The point's settings: one frozen object, made once; nothing else reads the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.words import ScriptOrder

# Phones keep an application to one origin, and offer that only under https; this machine itself is for trying out.
ORIGIN = re.compile(r"(https://[a-z0-9][a-z0-9.\-]*|http://(localhost|127\.0\.0\.1))(:[1-9][0-9]{0,4})?", re.ASCII)

MOST = 1_000_000


class BadSetting(SystemExit):
    """A setting that cannot be used; names it and stops the start."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where data lives and how the point behaves. Times are minutes or seconds as named, sizes bytes.

    What comes from outside is limited by the hour; ``apply_unworked`` applications within five to ten minutes are
    let in before browsers are asked for work. ``proxies`` stand between phones and this program.
    """

    data: Path
    port: int = 5000
    database_key: str = ""
    idle_minutes: int = 10
    session_hours: int = 10
    sync_seconds: int = 30
    script_order: str = "zh_first"
    disk_reserve: int = 200 * 1024 * 1024
    secure_cookies: bool = False
    stick: Path | None = None
    picture_side: int = 1600
    picture_bytes: int = 200_000
    phone_offline: bool = True
    public_url: str = ""
    proxies: int = 0
    apply_per_address: int = 60
    apply_per_mobile: int = 6
    apply_per_hour: int = 300
    apply_unworked: int = 20
    status_per_address: int = 30

    @property
    def database(self) -> Path:
        """The one file that holds the journal and everything derived from it."""
        return self.data / "tsheg.db"

    @property
    def keys(self) -> Path:
        """The folder of secrets made at installation, readable by its owner only."""
        return self.data / "keys"

    @property
    def bundles(self) -> Path:
        """The folder of sealed bundles that a browser may fetch."""
        return self.data / "bundles"

    @property
    def cache(self) -> Path:
        """What can be thrown away at any time."""
        return self.data / "cache"

    @property
    def plates(self) -> Path:
        """What the press has laid out before."""
        return self.cache / "plates"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read ``TSHEG_*`` and ``PORT``; raise BadSetting on a value that makes no sense."""
        root = Path(environ.get("TSHEG_DATA", "data")).absolute()
        return cls(
            data=root / "point",
            port=_number(environ, "PORT", 5000, 1, 65535),
            database_key=_key(environ),
            idle_minutes=_number(environ, "TSHEG_IDLE_MINUTES", 10, 1, 240),
            session_hours=_number(environ, "TSHEG_SESSION_HOURS", 10, 1, 24),
            sync_seconds=_number(environ, "TSHEG_SYNC_SECONDS", 30, 1, 86400),
            script_order=_choice(environ, "TSHEG_SCRIPT_ORDER", tuple(map(str, ScriptOrder))),
            secure_cookies=_choice(environ, "TSHEG_SECURE_COOKIES", ("0", "1")) == "1",
            stick=Path(environ["TSHEG_STICK"]).absolute() if environ.get("TSHEG_STICK") else None,
            picture_side=_number(environ, "TSHEG_PICTURE_SIDE", 1600, 800, 4000),
            picture_bytes=_number(environ, "TSHEG_PICTURE_KB", 200, 50, 900) * 1000,
            phone_offline=_choice(environ, "TSHEG_PHONE_OFFLINE", ("1", "0")) == "1",
            public_url=_origin(environ, "TSHEG_PUBLIC_URL"),
            proxies=_number(environ, "TSHEG_PROXY", 0, 0, 5),
            apply_per_address=_number(environ, "TSHEG_APPLY_PER_ADDRESS", 60, 1, MOST),
            apply_per_mobile=_number(environ, "TSHEG_APPLY_PER_MOBILE", 6, 1, MOST),
            apply_per_hour=_number(environ, "TSHEG_APPLY_PER_HOUR", 300, 1, MOST),
            apply_unworked=_number(environ, "TSHEG_APPLY_UNWORKED", 20, 0, MOST),
            status_per_address=_number(environ, "TSHEG_STATUS_PER_ADDRESS", 30, 1, MOST),
        )


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise BadSetting(f"{name}={text!r}: 应为 {low}–{high} 的整数 / must be a whole number from {low} to {high}")
    return int(text)


def _choice(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = environ.get(name, choices[0])
    if text not in choices:
        raise BadSetting(f"{name}={text!r}: 可选 / choose from: {', '.join(choices)}")
    return text


def _origin(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "")
    if text and not ORIGIN.fullmatch(text):
        raise BadSetting(f"{name}={text!r}: 应为 https://域名，末尾无斜线 / must be https://host without a slash")
    return text


def _key(environ: Mapping[str, str]) -> str:
    text = environ.get("TSHEG_DATABASE_KEY", "")
    if text and (len(text) != 64 or not set(text) <= set("0123456789abcdefABCDEF")):
        raise BadSetting("TSHEG_DATABASE_KEY: 应为64位十六进制 / must be 64 hex digits")
    return text
