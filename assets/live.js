// Numbers turn grey when the server has been silent for two ticks (20 s), by the browser's own
// clock, and turn back with its next answer.
(() => {
  const TICK = 10000;
  let heard = performance.now();
  const ask = window.fetch;
  window.fetch = async (...args) => {
    const answer = await ask(...args);
    if (answer.ok) heard = performance.now();
    return answer;
  };
  setInterval(() => {
    const silent = performance.now() - heard;
    document.documentElement.classList.toggle("stale", silent > 2 * TICK);
    const note = document.getElementById("board-stale");
    if (note) note.textContent = (note.dataset.text || "").replace("{minutes}", Math.round(silent / 60000));
  }, 1000);
})();
