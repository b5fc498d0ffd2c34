// J and K walk through the items of a [data-queue], Enter opens the one reached, X picks it.
const typing = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

function here(queue) {
  return queue.querySelector(".queue-here");
}

function go(queue, step) {
  const items = [...queue.querySelectorAll("[data-queue-item]")];
  if (!items.length) return;
  const now = items.indexOf(here(queue));
  const next = items[Math.min(Math.max(now + step, 0), items.length - 1)];
  here(queue)?.classList.remove("queue-here");
  next.classList.add("queue-here");
  const target = next.querySelector("[data-queue-open]") ?? next;
  if (target === next) next.tabIndex = -1;
  target.focus();
  next.scrollIntoView({ block: "nearest" });
}

const keys = {
  j: (queue) => go(queue, 1),
  k: (queue) => go(queue, -1),
  x: (queue) => here(queue)?.querySelector("input[type=checkbox]")?.click(),
  Enter: (queue, event) => {
    // A focused link or button answers Enter by itself.
    if (event.target.closest("a, button, summary, input")) return false;
    here(queue)?.querySelector("[data-queue-open]")?.click();
  },
};

export function start(queue) {
  queue.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-queue-item]");
    if (!item || item === here(queue)) return;
    here(queue)?.classList.remove("queue-here");
    item.classList.add("queue-here");
  });
  document.addEventListener("keydown", (event) => {
    if (!queue.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(typing) || document.querySelector("dialog[open]")) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act && act(queue, event) !== false) event.preventDefault();
  });
}
