// The drill's pills: drag one, or move it with the arrow keys; and days of one's own.
(() => {
  const pills = () => [...document.querySelectorAll(".dimension")];
  const named = (pill) => pill.dataset.dimension;
  let dragged = null;
  let kept = null; // the dimension whose pill has the focus while the bar is drawn anew

  function order(names, focused) {
    kept = focused;
    window.shell.go({ by: names.join(","), expanded: "" });
  }

  function move(name, place) {
    const names = pills().map(named);
    const others = names.filter((other) => other !== name);
    const next = [...others.slice(0, place), name, ...others.slice(place)];
    if (place < 0 || next.join() === names.join()) return;
    order(next, name);
  }

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".dimension");
    event.dataTransfer?.setData("text/plain", dragged ? named(dragged) : "");
  });
  document.addEventListener("dragover", (event) => {
    const over = event.target.closest?.(".dimension");
    if (!dragged || !over) return;
    event.preventDefault();
    pills().forEach((pill) => pill.classList.toggle("over", pill === over && pill !== dragged));
  });
  document.addEventListener("drop", (event) => {
    const over = event.target.closest?.(".dimension");
    if (!dragged || !over) return;
    event.preventDefault();
    move(named(dragged), pills().indexOf(over));
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    pills().forEach((pill) => pill.classList.remove("over"));
  });

  document.addEventListener("keydown", (event) => {
    const pill = event.target.closest?.(".dimension");
    if (!pill || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = pills().indexOf(pill);
    const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
    if (event.key in steps) move(named(pill), place + steps[event.key]);
    else if (event.key === "Home") move(named(pill), 0);
    else if (event.key === "Delete" || event.key === "Backspace") {
      const others = pills().filter((other) => other !== pill).map(named);
      if (others.length) order(others, others[Math.max(0, place - 1)]);
    } else return;
    event.preventDefault();
  });

  // React draws the bar anew: the pill that was moved has the focus again.
  new MutationObserver(() => {
    if (!kept) return;
    const pill = pills().find((one) => named(one) === kept);
    if (pill && pill !== document.activeElement) pill.focus();
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
  document.addEventListener("focusin", (event) => {
    if (kept && !event.target.closest(".dimension")) kept = null;
  });

  // Days of one's own: both are told to the address at once.
  document.addEventListener("click", (event) => {
    const days = event.target.closest?.(".days");
    if (!days || !event.target.closest("button")) return;
    const [first, last] = [...days.querySelectorAll("input")].map((input) => input.value);
    if (first && last) {
      document.querySelectorAll("details.menu[open]").forEach((menu) => (menu.open = false));
      window.shell.go({ [days.dataset.days]: `${first}..${last}` });
    }
  });
})();
