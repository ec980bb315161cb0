"""The process beside a run: does what is begun, tells errors in their own words, and ends with the run."""

import os
import signal

import pytest

from orchestration.aside import Aside, AsideError

pytestmark = pytest.mark.slow


def test_what_was_begun_is_done_elsewhere_and_what_was_not_here() -> None:
    aside = Aside()
    assert aside.result(os.getpid) == os.getpid()
    aside.begin(os.getpid)
    aside.begin(divmod, 17, 5)
    assert aside.result(divmod, 17, 5) == (3, 2)
    assert aside.result(os.getpid) != os.getpid()


def test_where_nothing_was_begun_nothing_is_started_for_a_question() -> None:
    aside = Aside()
    assert aside.ask(os.getpid) == os.getpid()
    aside.begin(divmod, 1, 1)
    assert aside.ask(os.getpid) != os.getpid()


def test_an_error_is_told_to_whoever_waits_and_the_next_is_done() -> None:
    aside = Aside()
    aside.begin(divmod, 1, 0)
    aside.begin(divmod, 7, 2)
    with pytest.raises(AsideError, match="divmod: ZeroDivisionError"):
        aside.result(divmod, 1, 0)
    assert aside.result(divmod, 7, 2) == (3, 1)


def test_a_killed_process_is_named_and_nobody_waits_for_ever() -> None:
    aside = Aside()
    aside.begin(os.getpid)
    beside = aside.result(os.getpid)
    aside.begin(divmod, 7, 2)
    aside.result(divmod, 7, 2)
    os.kill(beside, signal.SIGKILL)
    with pytest.raises(AsideError, match="was it killed"):
        aside.ask(divmod, 9, 2)
