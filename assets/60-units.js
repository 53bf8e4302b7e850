// What a press or a key on the table of the units does: a name opens the unit below the table, an
// amount its order lines on the page of profit. It is loaded before assets/grid.js, which would
// unfold rows, and so hears of both first.
(() => {
  const keyOf = (cell) => {
    const id = cell.closest(".ag-row")?.getAttribute("row-id") ?? "";
    return id.startsWith("unit.") ? decodeURIComponent(id.slice(5)) : null;
  };

  function lines(cell, key) {
    const { dimension, query } = JSON.parse(document.getElementById("units-lines").dataset.lines);
    const row = cell.closest(".ag-row");
    if (key === null && !row.matches(".total")) return;
    const where = key === null ? [] : [[dimension, [key === "-" ? "" : key]]];
    const address = new URL("/profit", location);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    if (where.length) address.searchParams.set("where", JSON.stringify(where));
    address.searchParams.set("open", '{"lines":[]}');
    location.assign(address);
  }

  function act(event) {
    const cell = event.target.closest?.(".units-table .ag-cell");
    if (!cell || getSelection()?.toString()) return;
    const key = keyOf(cell);
    const isChoice = key !== null && cell.closest(".frame.unit");
    if (cell.matches(".col-lines")) lines(cell, key);
    else if (isChoice) window.shell.go({ opened: window.shell.asked().opened === key ? "" : key });
    else return;
    event.stopImmediatePropagation();
    event.preventDefault();
  }
  function toLines(event) {
    const cell = event.target.closest?.(".units-table .ag-cell");
    if (!cell) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    lines(cell, keyOf(cell));
  }
  document.addEventListener("click", act, { capture: true });
  document.addEventListener("contextmenu", toLines, { capture: true });
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter" || event.key === " ") act(event);
      else if (event.key === "l") toLines(event);
    },
    { capture: true },
  );
})();
