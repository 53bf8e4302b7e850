"""Tables as a grid: rows with a level and a path, unfolded in place by the server.

The community grid neither groups nor sorts a tree. So rows come flat and in order; a press on a
name, a header or a number is told to the page by assets/grid.js, and new rows come. Cells hold
texts as the reader's language writes them: numbers are formatted once, on the server.
"""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag

ROW_HEIGHT = 34  # pixels


def grid(name: str) -> dag.AgGrid:
    """An empty grid with its id; callbacks give columnDefs, rowData and its pinned totals.

    A row is a dict: `id` (text, unique), `look` (CSS classes, row_look()), and one text a column;
    columns of kind share take a number 0..1 in `<field>_share` beside it.
    """
    return dag.AgGrid(
        id=name,
        columnDefs=[],
        rowData=[],
        getRowId="params.data.id",
        className="grid",
        style={"height": "100%", "width": "100%"},
        defaultColDef={"sortable": False, "resizable": True, "suppressMovable": True},
        dashGridOptions=OPTIONS,
        dangerously_allow_code=False,
    )


# What every grid has; pinned totals are added to it by with_totals().
OPTIONS: dict[str, Any] = {
    "theme": {"function": "warRoomGrid.theme(themeQuartz)"},
    "rowHeight": ROW_HEIGHT,
    "headerHeight": ROW_HEIGHT,
    "suppressNoRowsOverlay": True,
    "suppressMenuHide": True,
    "suppressColumnVirtualisation": True,
    "animateRows": False,
    "enableCellTextSelection": True,
    "suppressAnimationFrame": True,  # rows are there as soon as they are known
    "rowBuffer": 4,
    "ensureDomOrder": True,  # what reads the page aloud reads rows in their order
    "rowClass": "row",
    "getRowClass": {"function": "params.data.look"},
}


def with_totals(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The grid's options with `rows` kept in sight at the bottom."""
    return {**OPTIONS, "pinnedBottomRowData": rows}


def row_look(level: int, kind: str) -> str:
    """The classes of a row: its depth, and one of open, closed, leaf, others, more, total."""
    return f"row-{level} {kind}"


def tree_column(field: str, title: str, width: int = 260) -> dict[str, Any]:
    """The column whose cells unfold their row."""
    return {"field": field, "headerName": title, "cellClass": "col-tree", "minWidth": width,
            "flex": 3, "headerClass": "sorts", "tooltipField": field}  # fmt: skip


def number_column(
    field: str, title: str, sorted_by: str = "", opens: bool = True, width: int = 104
) -> dict[str, Any]:
    """A column of numbers as texts; `sorted_by` is up, down or "". It opens the order lines.

    A cell is coloured as won or lost where the row has that word in `<field>_look`.
    """
    look = {"function": f"warRoomGrid.look(params, '{field}', {'true' if opens else 'false'})"}
    return {"field": field, "headerName": title, "type": "rightAligned", "cellClass": look,
            "minWidth": width, "flex": 1,
            "headerClass": f"ag-right-aligned-header sorts {sorted_by}"}  # fmt: skip


def share_column(field: str, title: str, sorted_by: str = "", width: int = 170) -> dict[str, Any]:
    """A column of bars; the bar's length is the row's `<field>_share`."""
    return {"field": field, "headerName": title, "type": "rightAligned",
            "cellClass": "col-share ag-right-aligned-cell", "minWidth": width, "flex": 1.4,
            "cellStyle": {"function": f"warRoomGrid.share(params, '{field}')"},
            "headerClass": f"sorts {sorted_by}"}  # fmt: skip
