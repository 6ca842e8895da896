"""The same record is the same paper, byte for byte, whoever prints it and when."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from printing import application
from printing.paper import Mark
from printing.render import render
from tests.papers import PLAIN, form, with_buyers
from tests.sample import PRODUCT

ANOTHER_PROCESS = """
import hashlib, sys
from printing.render import render
from tests.papers import form
print(hashlib.sha256(render(form(), sys.argv[1])).hexdigest())
"""


def test_it_is_the_same_the_second_time():
    first = render(form())
    render(form(with_buyers(3)), "bo_first")
    assert render(form()) == first


@pytest.mark.parametrize("order", ["zh_first", "bo_first"])
def test_it_is_the_same_in_another_process(order):
    command = [sys.executable, "-c", ANOTHER_PROCESS, order]
    there = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(render(form(), order)).hexdigest()


def test_another_revision_is_another_paper():
    first, second = (application.paper(PLAIN, PRODUCT, Mark(number, bytes([number]) * 32)) for number in (1, 2))
    assert render(first) != render(second)


def test_clerks_who_print_at_once_get_what_they_asked_for():
    records = [with_buyers(number) for number in (1, 2, 3)] * 2
    alone = [render(form(record)) for record in records]
    with ThreadPoolExecutor(max_workers=3) as clerks:
        assert list(clerks.map(lambda record: render(form(record)), records)) == alone
