"""Answers are computed once, survive in a private folder, and do without a cache that is down."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from cachelib import BaseCache, SimpleCache
from stubs import NOW, TODAY, company, version_of

from domain.scope import Scope
from errors import BadInput, QueryFailed
from queries import page, read, stream_csv, totals
from queries.answers import Answers, answers_at
from settings import settings

FRAME = pd.DataFrame({"a": [1, 2]})


class Down(BaseCache):
    def get(self, key: str) -> object:
        raise ConnectionError("no one answers")

    set = get  # type: ignore[assignment]


def counting(calls: list[int], wait: threading.Event | None = None) -> Callable[[], pd.DataFrame]:
    def compute() -> pd.DataFrame:
        if wait:
            wait.wait(5)
        calls.append(1)
        return FRAME.copy()

    return compute


def test_twenty_callers_at_once_are_one_computation() -> None:
    kept, calls, wait = Answers(None), [], threading.Event()
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(kept.get, "k", counting(calls, wait)) for _ in range(20)]
        wait.set()
        found = [future.result() for future in asked]
    assert len(calls) == 1
    assert all(frame.equals(FRAME) for frame in found)


def test_an_error_reaches_all_who_wait_and_is_not_kept() -> None:
    kept, calls = Answers(None), []

    def fails() -> pd.DataFrame:
        raise BadInput("no")

    for _ in range(2):
        with pytest.raises(BadInput):
            kept.get("k", fails)
    assert kept.get("k", counting(calls)).equals(FRAME)


def test_a_caller_may_change_its_frame() -> None:
    kept, calls = Answers(SimpleCache()), []
    first = kept.get("k", counting(calls))
    first.loc[0, "a"] = 99
    first["b"] = 0
    assert kept.get("k", counting(calls)).equals(FRAME)
    assert len(calls) == 1


def test_another_process_finds_what_one_has_computed() -> None:
    shared, calls = SimpleCache(), []
    Answers(shared).get("k", counting(calls))
    Answers(shared).get("k", counting(calls))
    assert len(calls) == 1


def test_a_cache_that_is_down_costs_only_time() -> None:
    kept, calls = Answers(Down()), []
    assert kept.get("k", counting(calls)).equals(FRAME)
    assert kept.get("other", counting(calls)).equals(FRAME)


def test_a_damaged_answer_is_computed_again(tmp_path: Path) -> None:
    calls: list[int] = []
    answers_at(str(tmp_path / "cache"), 1).get("k", counting(calls))
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(b"\x00\x01 not a pickle")
    assert answers_at(str(tmp_path / "cache"), 2).get("k", counting(calls)).equals(FRAME)
    assert len(calls) == 2


def test_the_folder_is_private(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o755)
    answers_at(str(tmp_path / "cache"), 3).get("k", counting([]))
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "cache").iterdir()} == {0o600}


@pytest.mark.parametrize("place", ["redis://127.0.0.1:1/0", "/dev/null/cache"])
def test_an_installation_without_its_cache_still_answers(
    place: str, everything: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "cache", place)
    assert not read("sales_since_open", everything, first_day=TODAY, **NOW).empty


@pytest.fixture(scope="module")
def everything(folder: Path) -> Scope:
    rows = company()
    rows["customers"][0]["name"] = '=HYPERLINK("x")'
    rows["customers"][1]["name"] = "-5.5"
    return version_of(folder, rows)


def test_scopes_and_parameters_have_answers_of_their_own(everything: Scope) -> None:
    whole = read("sales_since_open", everything, first_day=TODAY, **NOW)
    assert len(read("sales_since_open", everything.narrowed("n"), first_day=TODAY, **NOW)) == 1
    longer = read("sales_since_open", everything, first_day=TODAY - timedelta(days=1), **NOW)
    assert len(longer) == 2 * len(whole)


def test_pages_follow_one_another_and_totals_are_of_all(everything: Scope) -> None:
    whole = read("gross_margin_mtd_rows", everything, **NOW)
    first = page("gross_margin_mtd_rows", everything, 0, 3, **NOW)
    rest = page("gross_margin_mtd_rows", everything, 3, 200, **NOW)
    assert len(first) == 3
    assert first["order_line_id"].tolist() + rest["order_line_id"].tolist() == (
        whole["order_line_id"].tolist()
    )
    # North 101 + 102 and South 201 + 202, each less material and labor of 30
    assert totals("gross_margin_mtd_rows", everything, **NOW) == {
        "row_count": 4, "numerator": 606 - 4 * 60, "denominator": 606,
    }  # fmt: skip


def test_a_file_for_spreadsheets_holds_no_formula(everything: Scope) -> None:
    content = b"".join(stream_csv("gross_margin_mtd_rows", everything, **NOW))
    assert content.startswith(b"\xef\xbb\xbforder_line_id,")
    text = content.decode("utf-8-sig")
    assert '"\'=HYPERLINK(""x"")"' in text
    assert ",-5.5," in text  # a number stays one
    assert len(text.splitlines()) == 1 + 4


def test_a_query_is_stopped_at_its_limit(
    everything: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "screen_seconds", 0.001)
    with pytest.raises(QueryFailed, match="too long"):
        read("sales_since_open", everything, first_day=TODAY - timedelta(days=200), **NOW)


def test_marts_are_read_by_several_processes_at_once(everything: Scope) -> None:
    read("company", everything)  # this process has them open
    file = settings().data / everything.version / "marts" / "marts.duckdb"
    asked = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); "
    asked += "print(c.execute('select count(*) from store_hours').fetchone()[0])"
    found = subprocess.run([sys.executable, "-c", asked, file], capture_output=True, check=True)
    assert int(found.stdout) == 2 * 2 * 19


def test_old_answers_are_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.answers._SWEEP_EVERY", 2)
    kept = answers_at(str(tmp_path / "cache"), 4)
    kept.get("old", counting([]))
    old = next((tmp_path / "cache").iterdir())
    os.utime(old, (0, 0))
    kept.get("new", counting([]))
    assert not old.exists()
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_what_a_view_does_not_know_is_refused(everything: Scope) -> None:
    with pytest.raises(BadInput, match="no view"):
        read("../macros/deals", everything)
    with pytest.raises(BadInput, match="first_day"):
        read("sales_since_open", everything, **NOW)
    with pytest.raises(BadInput, match="colour"):
        read("company", everything, colour="red")
