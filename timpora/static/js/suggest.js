// A text field with suggestions: arrow keys, Enter, Escape, or a tap. htmx fetches them; the text alone also works.
export function start(box) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";

  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", `${open}`);
    if (!open) mark(null);
  }
  function mark(option) {
    chosen()?.removeAttribute("aria-selected");
    input.removeAttribute("aria-activedescendant");
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }
  function take(option) {
    input.value = option.dataset.value;
    show(false);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  show(false);
  input.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters = { q: input.value };
  });
  list.addEventListener("htmx:afterSwap", () => {
    options().forEach((option, place) => { option.id ||= `${list.id}-${place}`; });
    show(document.activeElement === input && list.children.length > 0 && input.value.trim() !== "");
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); show(false); }
    if (event.key === "Enter" && chosen()) { event.preventDefault(); take(chosen()); }
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !all.length) return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    const from = all.indexOf(chosen());
    const place = from < 0 && step < 0 ? all.length - 1 : (from + step + all.length) % all.length;
    show(true);
    mark(all[place]);
  });
  input.addEventListener("blur", () => show(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]:not([aria-disabled])");
    if (option) take(option);
  });
}
