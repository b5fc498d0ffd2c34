// Loads a part only where the page has something for it to do. Every page works without any of them.
const parts = {
  "[data-queue]": () => import("./queue.js"),
  "[data-undo]": () => import("./undo.js"),
  "table[data-sortable]": () => import("./sort.js"),
  "[data-suggest]": () => import("./suggest.js"),
  "details[data-menu]": () => import("./menu.js"),
  "[data-opens]": () => import("./dialog.js"),
  "form[data-leave]": () => import("./leave.js"),
  "[data-mrz]": () => import("./mrz-form.js"),
  "[data-photo]": () => import("./photo.js"),
  "[data-largest]": () => import("./largest.js"),
  "[data-copy]": () => import("./copy.js"),
  "[data-print]": () => import("./print.js"),
  "[data-live]": () => import("./live.js"),
  "[data-signed]": () => import("./signed.js"),
};
const started = new WeakSet();

async function start(root) {
  for (const [selector, load] of Object.entries(parts)) {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.push(root);
    for (const element of found) {
      if (started.has(element)) continue;
      started.add(element);
      (await load()).start(element);
    }
  }
}

document.querySelector("form .errors")?.focus();
start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
