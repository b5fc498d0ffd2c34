// Fills the page's templates. Texts come from the server's words; nothing is ever read as HTML.
import { bytes } from "./crypto.js";

const WORDS = JSON.parse(document.getElementById("pocket-words").textContent);
const language = { en: "en-GB" }[document.documentElement.lang] ?? document.documentElement.lang; // as the site writes days

export function say(name, values = {}) {
  return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), WORDS[name] ?? "");
}

export const one = (selector, root = document) => root.querySelector(selector);
export const every = (selector, root = document) => [...root.querySelectorAll(selector)];

// A copy of <template id="pocket-NAME">, with texts put where data-at names them.
export function copy(name, texts = {}) {
  const made = document.getElementById(`pocket-${name}`).content.firstElementChild.cloneNode(true);
  for (const [at, text] of Object.entries(texts)) {
    for (const place of every(`[data-at="${at}"]`, made)) place.textContent = text ?? "";
  }
  return made;
}

export function fill(selector, nodes) {
  one(selector).replaceChildren(...nodes);
}

export function badge(kind, words) {
  const made = document.createElement("span");
  made.className = `badge badge--${kind}`;
  made.textContent = words;
  return made;
}

export function moment(iso) {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

// One sentence at the top; a screen reader hears it.
export function notice(text, kind = "") {
  const box = one("[data-notice]");
  box.className = `notice${kind ? ` notice--${kind}` : ""}`;
  box.textContent = text;
  box.hidden = !text;
}

// Shows one panel, hides the others, and moves the focus to its heading.
export function show(name) {
  for (const panel of every("[data-panel]")) panel.hidden = panel.dataset.panel !== name;
  const heading = one(`[data-panel="${name}"] h1`);
  heading.tabIndex = -1;
  heading.focus();
  scrollTo(0, 0);
}

// The sentences beside the fields of a form; those of no field stand above it.
export function faults(form, sentence, fields) {
  for (const old of every("[data-fault]", form)) old.remove();
  const above = [sentence];
  for (const [name, said] of Object.entries(fields)) {
    const field = one(`[name="${name}"], [name^="${name}_"]`, form)?.closest(".field");
    const made = Object.assign(document.createElement("p"), { className: "field-error", textContent: said.join(" ") });
    made.dataset.fault = "";
    if (field) { field.classList.add("field--wrong"); field.querySelector("legend, label").after(made); }
    else above.push(...said);
  }
  const box = Object.assign(document.createElement("p"), { className: "errors", tabIndex: -1 });
  box.dataset.fault = "";
  box.textContent = [...new Set(above.filter(Boolean))].join(" ");
  if (box.textContent) { form.prepend(box); box.focus(); }
}

// Puts a photo back into its field, as if it had been chosen there.
function chosen(input, base64) {
  const files = new DataTransfer();
  files.items.add(new File([bytes(base64)], "photo.jpg", { type: "image/jpeg" }));
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function restore(form, fields) {
  form.reset();
  for (const [name, value] of fields) {
    const found = every(`[name="${name}"]`, form);
    for (const each of found) {
      if (each.type === "file") chosen(each, value);
      else if (each.type === "radio" || each.type === "checkbox") each.checked ||= each.value === value;
      else each.value = value;
    }
    found[0]?.closest("details")?.setAttribute("open", "");
  }
}
