"""The contract is consistent in itself: whoever reads it may rely on these sentences."""

from data.contract import BOOKKEEPING, EXTRACTS, FLEXIBLE_PREFIX


def test_there_are_twenty_four_extracts() -> None:
    assert len(EXTRACTS) == 24


def test_every_column_stands_once_and_does_not_clash_with_bookkeeping() -> None:
    reserved = {column.name for column in BOOKKEEPING}
    for extract in EXTRACTS.values():
        names = [column.name for column in extract.columns]
        assert len(names) == len(set(names)), extract.name
        assert not reserved & set(names), extract.name
        assert not any(name.startswith(FLEXIBLE_PREFIX) for name in names), extract.name


def test_key_event_and_scope_name_columns_of_their_extract() -> None:
    for extract in EXTRACTS.values():
        names = {column.name for column in extract.columns}
        mentioned = {*extract.key, extract.event_column, extract.scope_column} - {""}
        assert mentioned <= names, extract.name


def test_key_columns_are_required() -> None:
    for extract in EXTRACTS.values():
        assert all(extract.column(name).is_required for name in extract.key), extract.name


def test_references_lead_to_an_extract_of_the_contract() -> None:
    for extract in EXTRACTS.values():
        for column in extract.columns:
            assert not column.references or column.references in EXTRACTS, column


def test_scope_ends_at_an_org_unit() -> None:
    for extract in EXTRACTS.values():
        step = extract
        for _ in EXTRACTS:
            if step.scope_column in ("", "org_unit_id"):
                break
            step = EXTRACTS[step.column(step.scope_column).references]
        assert step.scope_column in ("", "org_unit_id"), extract.name
