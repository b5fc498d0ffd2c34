// J and K walk through the items of a [data-queue], Enter opens the one reached, X picks it, A picks all.
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

function boxes(queue) {
  return [...queue.querySelectorAll("input[type=checkbox]")];
}

function pickAll(queue) {
  return queue.closest("form")?.querySelector("[data-pick-all]");
}

// The button is for the script alone, so it shows itself only here; it stays pressed while all are picked.
function offerAll(queue) {
  const button = pickAll(queue);
  if (!button) return;
  const told = () => button.setAttribute("aria-pressed", `${boxes(queue).every((box) => box.checked)}`);
  button.hidden = false;
  button.addEventListener("click", () => {
    const all = boxes(queue).some((box) => !box.checked);
    for (const box of boxes(queue)) box.checked = all;
    told();
  });
  queue.addEventListener("change", told);
  told();
}

const keys = {
  j: (queue) => go(queue, 1),
  k: (queue) => go(queue, -1),
  x: (queue) => here(queue)?.querySelector("input[type=checkbox]")?.click(),
  a: (queue) => pickAll(queue) ? pickAll(queue).click() : false,
  Enter: (queue, event) => {
    // A focused link or button answers Enter by itself.
    if (event.target.closest("a, button, summary, input")) return false;
    here(queue)?.querySelector("[data-queue-open]")?.click();
  },
};

export function start(queue) {
  offerAll(queue);
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
