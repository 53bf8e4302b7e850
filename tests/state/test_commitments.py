"""A commitment in the store: kept, changed, undone, with its history."""

from dataclasses import replace
from datetime import date

import pytest

from domain.commitment import KIND, Commitment, held, to_content
from domain.scope import Scope
from errors import BadInput
from state import Decision, decide, history, recall, undo
from tests.domain.test_commitment import PROMISE
from tests.state.conftest import NOON

ADMIN = Scope("v1", NOON)
pytestmark = pytest.mark.usefixtures("any_store")


def keep(promise: Commitment, expected: int | None) -> Decision:
    content = to_content(promise)
    return decide(
        KIND, promise.name, None, content, by="Ann", reason="agreed", now=NOON, expected=expected
    )


def holding() -> list[Commitment]:
    return [promise for _, promise in held(recall(KIND, ADMIN))]


def test_a_commitment_is_kept_changed_and_the_change_undone() -> None:
    later = replace(PROMISE, due=date(2026, 6, 30))
    first = keep(PROMISE, None)
    second = keep(later, first.seq)
    assert holding() == [later]
    undo(second.seq, by="Ann", now=NOON)
    assert holding() == [PROMISE]
    assert [each.seq for each in history(KIND, PROMISE.name, None)] == [3, 2, 1]


def test_a_new_commitment_never_replaces_another_of_that_name() -> None:
    keep(PROMISE, None)
    with pytest.raises(BadInput, match="Ann changed this"):
        keep(replace(PROMISE, owner="R002"), None)
    assert holding() == [PROMISE]
