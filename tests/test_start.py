import subprocess
import sys
from pathlib import Path

HEAVY = {"weasyprint", "fontTools", "pypinyin", "sqlalchemy"}


def test_a_start_brings_in_nothing_that_only_later_work_needs() -> None:
    command = [sys.executable, "-c", "import sys, serve; print(*sys.modules)"]
    there = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    assert "flask" in there.stdout.split()
    assert HEAVY & set(there.stdout.split()) == set()
