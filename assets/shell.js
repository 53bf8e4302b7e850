// The browser's half of the pages in the shell: the address is the state. What is pressed changes
// the address, the address is told to the page's store, and the browser's back and forward do the
// same the other way round.
window.shell = (() => {
  let settled = 0; // what is asked for is dimmed until then, a refresh never is
  const room = () => document.querySelector(".shell");
  const asked = () => Object.fromEntries(new URL(location).searchParams);

  function tell() {
    room().classList.add("asking");
    clearTimeout(settled);
    settled = setTimeout(() => room()?.classList.remove("asking"), 6000);
    const data = asked();
    window.dash_clientside?.set_props?.(`${room().dataset.page}-asked`, { data });
  }

  function go(changes) {
    const address = new URL(location);
    for (const [name, value] of Object.entries(changes)) {
      if (value === "" || value === null) address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    if (address.href === location.href) return;
    history.pushState({}, "", address);
    tell();
  }

  // Theme and language show at once, before the server has answered.
  function dress(data) {
    const theme = data?.theme === "night" ? "night" : "day";
    const lang = ["en", "zh"].includes(data?.lang) ? data.lang : room()?.dataset.language ?? "en";
    window.warRoom?.dress({ theme, lang, is_wall: false });
    history.replaceState({}, ""); // live.js would take a view in it for the board's
    const same = room()?.dataset.theme === theme && room()?.lang === lang;
    return same ? [none(), none()] : [theme, lang]; // a change of the room redraws all in it
  }

  const closeMenus = (besides) =>
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== besides) menu.open = false;
    });

  async function copy(button) {
    await navigator.clipboard.writeText(location.href);
    const words = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), 1500);
  }

  let opener = null;
  function close() {
    if (document.querySelector("details.menu[open]")) return closeMenus(null);
    if (!document.querySelector(".drawer")) return;
    go({ open: "" });
    opener?.focus();
  }
  const keys = () => document.getElementById("shell-keys");
  const nothing = () => {}; // keys that mean something on the board only
  const PRESSED = {
    "?": () => keys()?.showModal(),
    Escape: close,
    t: () => go({ theme: room().dataset.theme === "night" ? "day" : "night" }),
    n: nothing, p: nothing, h: nothing, l: nothing, w: nothing,
  };
  document.addEventListener("click", (event) => {
    if (!room()) return;
    closeMenus(event.target.closest("details.menu"));
    const pressed = event.target.closest("[data-to], #shell-copy, #shell-ask, #shell-keys, a.export");
    if (!pressed) return;
    if (pressed.id === "shell-ask") return keys().showModal();
    if (pressed.id === "shell-keys") return keys().close();
    if (pressed.id === "shell-copy") return copy(pressed);
    if (pressed.matches("a.export")) {
      const address = new URL(pressed.getAttribute("href"), location);
      for (const [name, value] of Object.entries(asked())) {
        if (!address.searchParams.has(name)) address.searchParams.set(name, value);
      }
      pressed.href = address;
      return;
    }
    if (!pressed.closest(".drawer")) opener = pressed;
    closeMenus(null);
    go(JSON.parse(pressed.dataset.to));
  });

  // Before live.js and Dash hear of it: both would answer for the board.
  const early = { capture: true };
  window.addEventListener("keydown", (event) => {
    if (!room() || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target.matches?.("input, textarea, select, [contenteditable]");
    const act = PRESSED[event.key];
    if (!act || document.getElementById("shell-keys")?.open) return;
    if (isTyping && event.key !== "Escape") return;
    act();
    event.stopImmediatePropagation();
  }, early);
  let path = location.pathname;
  window.addEventListener("popstate", (event) => {
    if (!room() || location.pathname !== path) return;
    event.stopImmediatePropagation();
    tell();
  }, early);

  // A drawer that has just opened takes the focus, and has its place in the tab order.
  function opened() {
    const drawer = document.querySelector(".shell .drawer");
    if (drawer && !drawer.contains(document.activeElement)) drawer.focus();
    return window.dash_clientside.no_update;
  }
  // What charts depend on: told only where it has changed. A table's own state is no part of it.
  const OWN = ["expanded", "sort", "most", "costs", "open"];
  const none = () => window.dash_clientside.no_update;
  function question(data, seen) {
    const next = Object.fromEntries(Object.entries(data ?? {}).filter(([name]) => !OWN.includes(name)));
    return seen && JSON.stringify(next) === JSON.stringify(seen) ? none() : next;
  }
  const drawer = (data, seen) => (data?.open || seen?.open ? data : none());
  return { go, dress, asked, opened, question, drawer };
})();
