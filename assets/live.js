// The browser's half of the board: asks what is new, greys what may be old, carries clicks to
// the stores and the view to the address bar.
window.warRoom = (() => {
  const TICK_MS = 10000; // numbers are grey after two of them without an answer
  const ASK_MS = 1000; // a file that lands is on every board within 5 s: load, ask, draw
  let heard = Date.now();
  let worker = 0; // age of the worker's heartbeat in seconds, null without a worker
  let problem = ""; // why the last load was refused; the last good version stays on screen
  let told = "";
  let view = null;
  let asking = false;

  const set = (id, data) => window.dash_clientside?.set_props?.(id, { data });

  async function ask() {
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch("/live", { cache: "no-store", signal: AbortSignal.timeout(5000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json();
      heard = Date.now();
      worker = said.worker_s;
      problem = said.problem;
      const moment = [said.version, said.minute, said.decided].join(" ");
      if (view && moment !== told) {
        told = moment;
        set("version", moment);
      }
    } catch {
      // silence is what judge() looks at
    } finally {
      asking = false;
      judge();
    }
  }

  // Grey by the browser's own clock; a clock set back counts as silence too.
  function judge() {
    const silent = Math.abs(Date.now() - heard);
    const late = worker === null ? Infinity : worker * 1000;
    const isOffline = silent > 2 * TICK_MS;
    const isStale = isOffline || late > 2 * TICK_MS;
    document.documentElement.classList.toggle("stale", isStale);
    const note = document.getElementById("room-stale");
    if (!note) return;
    const minutes = Math.floor(Math.max(silent, Number.isFinite(late) ? late : 0) / 60000);
    const words = isOffline ? note.dataset.offline : note.dataset.worker;
    note.textContent = isStale ? words.replace("{minutes}", minutes) : problem;
  }

  function dress(shown) {
    if (view?.unit !== shown.unit) places.clear();
    view = shown;
    document.documentElement.dataset.theme = shown.theme;
    document.documentElement.dataset.bsTheme = shown.theme === "night" ? "dark" : "light";
    document.documentElement.lang = shown.lang;
    if (!history.state?.view) history.replaceState({ view: shown }, "");
    if (shown.is_wall && shown.lines !== window.innerHeight) {
      set("board-view", { ...shown, lines: window.innerHeight });
    }
  }

  function go(changes) {
    const address = new URL(location);
    for (const [name, value] of Object.entries(changes)) {
      if (value === "") address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    if ("wall" in changes) return location.assign(address);
    const next = { ...view };
    for (const [name, value] of Object.entries(changes)) next[name] = value === "" ? null : value;
    history.pushState({ view: next }, "", address);
    set("board-view", next);
  }

  // What is open stands in the address too, so that a copied link opens the same rows.
  function opened() {
    const drawer = document.querySelector(".drawer");
    const address = new URL(location);
    if (drawer?.dataset.target) address.searchParams.set("open", drawer.dataset.target);
    else address.searchParams.delete("open");
    history.replaceState(history.state, "", address);
    if (drawer && !drawer.contains(document.activeElement)) drawer.focus();
  }

  // Dash makes a panel anew where its content changed. It stays scrolled where it was, and what
  // had the focus has it again, before anything is painted.
  const SCROLLS = ".items, .scroll";
  const places = new Map(); // id of the panel -> left, top
  let focused = null;
  const panelOf = (box) => box.closest("[id]")?.id;

  // What opens or goes to the same as an element that a refresh may have taken away.
  function asItIsNow(element) {
    if (!element || element.isConnected) return element;
    const { open, go: goes } = element.dataset;
    const same = (each) => each.dataset.open === open && each.dataset.go === goes;
    return [...document.querySelectorAll("[data-open], [data-go]")].find(same) ?? null;
  }

  function keepPlace(records) {
    for (const node of records.flatMap((record) => [...record.addedNodes])) {
      if (!(node instanceof HTMLElement)) continue;
      for (const box of node.querySelectorAll(SCROLLS)) {
        const place = places.get(panelOf(box));
        if (place) box.scrollTo(...place);
      }
    }
    const isLost = focused && !focused.isConnected && document.activeElement === document.body;
    if (!isLost) return;
    focused = asItIsNow(focused);
    focused?.focus({ preventScroll: true });
  }
  new MutationObserver(keepPlace).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("scroll", ({ target: box }) => {
    if (box.matches?.(SCROLLS)) places.set(panelOf(box), [box.scrollLeft, box.scrollTop]);
  }, true);
  document.addEventListener("focusin", ({ target }) => {
    focused = target.matches("[data-open], [data-go]") ? target : null;
  });

  let opener = null;
  function close() {
    set("board-open", null);
    asItIsNow(opener)?.focus();
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-open], [data-go], button, #board-keys");
    if (!pressed) return;
    if (pressed.matches(".open-keys")) return keys().showModal();
    if (pressed.matches(".close-keys, #board-keys")) return keys().close();
    if (pressed.id === "drawer-close") return close();
    if (pressed.dataset.go) return go(JSON.parse(pressed.dataset.go));
    if (!pressed.dataset.open) return;
    if (!pressed.closest(".drawer")) opener = pressed;
    set("board-open", JSON.parse(pressed.dataset.open));
  });

  // The keys of frame.KEYS; `?` lists them.
  const keys = () => document.getElementById("board-keys");
  const step = (by) => {
    const all = [...document.querySelectorAll(".board [data-open]")];
    const at = all.indexOf(asItIsNow(focused ?? opener));
    all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]?.focus();
  };
  const PRESSED = {
    "?": () => keys().showModal(),
    Escape: () => document.querySelector(".drawer") && close(),
    n: () => step(1),
    p: () => step(-1),
    h: () => set("board-open", { table: "hours" }),
    t: () => go({ theme: view.theme === "night" ? "day" : "night" }),
    l: () => go({ lang: view.lang === "en" ? "zh" : "en" }),
    w: () => go({ wall: view.is_wall ? "" : "1" }),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !view || keys()?.open) return;
    const isTyping = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" || !isTyping) PRESSED[event.key]?.();
  });
  window.addEventListener("popstate", (event) => {
    if (event.state?.view && document.getElementById("board-room")) set("board-view", event.state.view);
  });
  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => document.hidden || ask());

  (function again() {
    setTimeout(() => ask().then(again), ASK_MS * (0.85 + 0.3 * Math.random()));
  })();
  setInterval(judge, 1000);
  return { ask, dress, opened };
})();
