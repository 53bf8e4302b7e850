// What grids in the shell do: a press or a key on a cell is told to the page by `window.shell`.
// A row's id is the JSON of its path, quoted; the page's `expanded` is the JSON of the paths unfolded.
(() => {
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.warRoomGrid = {
    theme: (base) => base,
    look: (params, field, opens) =>
      `ag-right-aligned-cell ${opens ? "col-lines" : ""} ${params.data?.[`${field}_look`] ?? ""}`,
    share: (params, field) => ({ "--share": params.data?.[`${field}_share`] ?? 0 }),
  };

  const pathOf = (cell) => {
    const id = cell.closest(".ag-row")?.getAttribute("row-id") ?? "";
    try {
      return JSON.parse(decodeURIComponent(id));
    } catch {
      return null;
    }
  };
  // The row as the page gave it, out of the grid.
  function dataOf(cell) {
    const api = window.dash_ag_grid?.getApi(cell.closest(".grid").id);
    return api?.getRowNode(cell.closest(".ag-row").getAttribute("row-id"))?.data;
  }
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function unfold(cell) {
    const row = cell.closest(".ag-row");
    const path = pathOf(cell);
    if (row.classList.contains("more")) return window.shell.go({ most: String(dataOf(cell).most) });
    if (!row.classList.contains("open") && !row.classList.contains("closed")) return;
    const unfolded = JSON.parse(window.shell.asked().expanded ?? "[]");
    const others = unfolded.filter((known) => !same(known, path));
    const next = others.length < unfolded.length ? others : [...others, path];
    window.shell.go({ expanded: next.length ? JSON.stringify(next) : "" });
  }

  function lines(cell) {
    const row = cell.closest(".ag-row");
    const path = pathOf(cell);
    if (path && !row.matches(".others, .more")) {
      window.shell.go({ open: JSON.stringify({ lines: path }) });
    }
  }

  // Into a row: its members become the page's filter, as the row itself says.
  function into(cell) {
    const data = dataOf(cell);
    if (data?.into) window.shell.go({ where: data.into, expanded: "" });
  }

  function sort(header) {
    const field = header.getAttribute("col-id");
    const side = header.classList.contains("down") ? "up" : "down";
    window.shell.go({ sort: `${field}.${side}` });
  }

  document.addEventListener("click", (event) => {
    if (!document.querySelector(".shell") || getSelection()?.toString()) return;
    const header = event.target.closest(".ag-header-cell.sorts");
    if (header && !event.target.closest(".ag-header-cell-resize")) return sort(header);
    const cell = event.target.closest(".ag-cell");
    if (cell?.classList.contains("col-tree")) unfold(cell);
    else if (cell?.classList.contains("col-lines")) lines(cell);
  });
  document.addEventListener("contextmenu", (event) => {
    const cell = event.target.closest?.(".shell .ag-cell");
    if (!cell) return;
    event.preventDefault();
    lines(cell);
  });
  // Before live.js hears of it: its keys are the board's.
  window.addEventListener("keydown", (event) => {
    const header = event.target.closest?.(".shell .ag-header-cell.sorts");
    if (header && event.key === "Enter") {
      event.stopImmediatePropagation();
      return sort(header);
    }
    const cell = event.target.closest?.(".shell .ag-cell");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const opens = cell.classList.contains("col-lines") ? lines : unfold;
    const act = { Enter: opens, " ": opens, l: lines, f: into }[event.key];
    if (!act) return;
    act(cell);
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
})();
