"""The process that prints may hang, die or fail: the counter hears of it, and the next paper is printed."""

import gc
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import Any

import pypdfium2
import pytest

from domain.errors import Unavailable
from printing.render import render
from printing.workshop import Workshop
from tests.papers import PLAIN, form


class Deadly:
    """Kills the process that takes it out of its parcel."""

    def __reduce__(self):
        return os._exit, (9,)


PAPER = form()
MORE_THAN_A_PIPE_HOLDS = 1 << 20
PATIENCE = 10.0
BROKEN = replace(PAPER, template="no_such_paper")


def until(true: Callable[[], Any]) -> Any:
    """Return what is *true* as soon as it is."""
    end = monotonic() + PATIENCE
    while not (found := true()):
        assert monotonic() < end
        sleep(0.01)
    return found


def layout_under_way(pid: int) -> int:
    """Return the process that lays a plate out for *pid*, once it does."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    making = int(until(children.read_text).split()[0])
    until(lambda: "libpango" in Path(f"/proc/{making}/maps").read_text())
    return making


def runs(pid: int) -> bool:
    """Say whether *pid* is more than the memory of a process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.fixture
def workshop(tmp_path):
    workshop = Workshop(tmp_path)
    yield workshop
    workshop.close()


def test_it_prints_what_is_printed_without_it(workshop):
    assert workshop.render(PAPER, "zh_first") == render(PAPER, "zh_first")


def test_it_prints_one_paper_after_the_other_in_the_same_process(workshop):
    first = workshop.render(PAPER, "zh_first")
    before = workshop.process
    assert workshop.render(PAPER, "zh_first") == first
    assert workshop.process == before


def test_a_paper_that_fails_is_said_and_costs_nothing_else(workshop, capfd):
    with pytest.raises(Unavailable, match=r"paper\.failed"):
        workshop.render(BROKEN, "zh_first")
    assert workshop.render(PAPER, "zh_first").startswith(b"%PDF")
    assert PLAIN.policyholder.name not in capfd.readouterr().err


def test_a_process_that_dies_is_replaced(workshop):
    workshop.warm()
    os.kill(workshop.process, signal.SIGKILL)
    assert workshop.render(PAPER, "zh_first").startswith(b"%PDF")


def test_a_process_that_dies_while_it_prints_is_replaced(workshop):
    workshop.warm()
    printing = workshop.process
    os.kill(printing, signal.SIGSTOP)
    Timer(0.3, os.kill, (printing, signal.SIGKILL)).start()
    assert workshop.render(PAPER, "zh_first").startswith(b"%PDF")
    assert workshop.process != printing


def test_what_a_process_had_laid_out_elsewhere_ends_with_it(workshop):
    workshop.warm()
    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(workshop.render, PAPER, "zh_first")
        making = layout_under_way(workshop.process)
        os.kill(making, signal.SIGSTOP)
        os.kill(workshop.process, signal.SIGKILL)
        try:
            until(lambda: not runs(making))
        finally:
            with suppress(ProcessLookupError):
                os.kill(making, signal.SIGKILL)
    assert printing.result().startswith(b"%PDF")


def test_a_paper_that_kills_whoever_prints_it_is_said(workshop):
    with pytest.raises(Unavailable, match=r"paper\.failed"):
        workshop.render(replace(PAPER, values=PAPER.values | {"product": Deadly()}), "zh_first")
    assert workshop.render(PAPER, "zh_first").startswith(b"%PDF")


def test_a_process_that_hangs_is_replaced(tmp_path):
    workshop = Workshop(tmp_path, seconds=0.5)
    workshop.warm()
    hanging = workshop.process
    os.kill(hanging, signal.SIGSTOP)
    with pytest.raises(Unavailable, match=r"paper\.too_slow"):
        workshop.render(PAPER, "zh_first")
    assert not Path(f"/proc/{hanging}").exists()
    workshop.seconds = 60
    assert workshop.render(PAPER, "zh_first").startswith(b"%PDF")
    workshop.close()


@pytest.mark.parametrize("ahead", [False, True], ids=["printed", "prepared"])
def test_a_process_that_hangs_is_replaced_even_when_it_does_not_hear_what_is_asked(tmp_path, ahead):
    workshop = Workshop(tmp_path, seconds=0.5)
    workshop.warm()
    os.kill(workshop.process, signal.SIGSTOP)
    large = replace(PAPER, attached=bytes(MORE_THAN_A_PIPE_HOLDS))
    with ThreadPoolExecutor(1) as pool:
        if ahead:
            pool.submit(workshop.prepare, [large], "zh_first").result(PATIENCE)
        asking = pool.submit(workshop.render, large, "zh_first")
        assert type(asking.exception(PATIENCE)) is Unavailable
    workshop.seconds = 60
    assert workshop.render(PAPER, "zh_first").startswith(b"%PDF")
    workshop.close()


def test_many_papers_are_one_document_and_it_says_how_far_it_is(workshop):
    done: list[int] = []
    pdf = workshop.render_all([PAPER] * 3, "zh_first", done.append)
    assert done == [1, 2, 3]
    assert len(pypdfium2.PdfDocument(BytesIO(pdf))) == 3 * len(pypdfium2.PdfDocument(BytesIO(render(PAPER))))


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "forgotten"])
def test_nobody_is_left_behind(tmp_path, closed):
    workshop = Workshop(tmp_path)
    workshop.warm()
    left = workshop.process
    if closed:
        workshop.close()
    del workshop
    gc.collect()
    assert not Path(f"/proc/{left}").exists()


def test_a_job_that_somebody_stops_leaves_nothing_of_it_to_the_next(workshop):
    class Stopped(Exception):
        pass

    def stop(_done: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        workshop.render_all([PAPER] * 3, "zh_first", stop)
    assert workshop.render(PAPER, "bo_first") == render(PAPER, "bo_first")
