"""Lighthouse's own marks for a page (Lighthouse评分): installed when first wanted, as locked beside."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CATEGORIES = ("performance", "accessibility", "best-practices")
# Lighthouse's mobile profile with the line of 2G instead of its own; processor four times slower.
THROTTLING = {
    "throttling-method": "devtools",
    "throttling.requestLatencyMs": 300,
    "throttling.downloadThroughputKbps": 250,
    "throttling.uploadThroughputKbps": 50,
    "throttling.cpuSlowdownMultiplier": 4,
}
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def figures(url: str) -> Iterator[tuple[str, float, str]]:
    """Yield the marks of *url*, 0 to 100; without node and npm say so and yield nothing."""
    missing = [name for name in ("node", "npm") if not shutil.which(name)]
    if missing:
        names = ", ".join(missing)
        sys.stderr.write(f"没有 {names}，不测 Lighthouse · no {names}: Lighthouse is skipped\n")
        return
    report = _report(_program(), url)
    for category in CATEGORIES:
        name = category.replace("-", "_")
        yield f"phone.lighthouse_{name}", report["categories"][category]["score"] * 100, "of_100"
    for audit in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time"):
        name = audit.replace("-", "_")
        yield f"phone.lighthouse_{name}_ms", report["audits"][audit]["numericValue"], "ms"


def _program() -> Path:
    """Return the installed program; install what is locked where that is not what is there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tsheg-lighthouse"
    lock = (HERE / "package-lock.json").read_bytes()
    built = cache / "built-from.json"
    if not built.exists() or built.read_bytes() != lock:
        cache.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, cache / name)
        command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
        built.write_bytes(lock)
    return cache / "node_modules/.bin/lighthouse"


def _report(program: Path, url: str) -> dict[str, Any]:
    throttling = [f"--{name}={value}" for name, value in THROTTLING.items()]
    only = f"--only-categories={','.join(CATEGORIES)}"
    command = (str(program), url, "--quiet", "--output=json", only, f"--chrome-flags={CHROMIUM}", *throttling)
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, timeout=180)
    report: dict[str, Any] = json.loads(done.stdout)
    return report
