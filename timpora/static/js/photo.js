// The photo of a report: made small on the device before it is sent or put away, shown, and taken out again. What
// makes it small is fetched when somebody first chooses a photo.
const SHOWN = 320; // points of the longer side of what is shown

export function start(box) {
  const input = box.querySelector("[type=file]");
  const [shown, fault, state, kept] = ["shown", "fault", "state", "kept"].map((name) => box.querySelector(`[data-photo-${name}]`));
  const words = (code) => box.querySelector(`[data-photo-words="${code}"]`).content.textContent;
  const form = input.form;
  let work = null; // until the photo is small; a form sent meanwhile waits for it

  function refuse(code) {
    fault.textContent = code ? words(code) : "";
    fault.hidden = !code;
    box.closest(".field").classList.toggle("field--wrong", Boolean(code));
    input.toggleAttribute("aria-invalid", Boolean(code));
  }

  function clear() {
    input.value = "";
    shown.hidden = true;
    refuse("");
  }

  // The photo that a refused form gave back goes with another one, or when it is taken out.
  function dropKept() {
    box.querySelector(`[name=${box.dataset.photo}_kept]`)?.remove();
    kept?.remove();
  }

  function show({ blob, canvas }) {
    const scale = Math.min(1, SHOWN / Math.max(canvas.width, canvas.height));
    const small = shown.querySelector("canvas");
    [small.width, small.height] = [canvas.width, canvas.height].map((side) => Math.max(1, Math.round(side * scale)));
    small.getContext("2d").drawImage(canvas, 0, 0, small.width, small.height);
    shown.querySelector("[data-photo-size]").textContent = words("size").replace("{n}", Math.max(1, Math.round(blob.size / 1024)));
    shown.hidden = false;
  }

  async function take(file) {
    clear();
    state.textContent = words("busy");
    const { refusal, shrunk } = (await import("./picture.js").catch(() => null)) ?? {};
    if (!shrunk) {
      state.textContent = "";
      return put(file); // as it is: the worker or the server makes it small
    }
    const no = await refusal(file);
    // A browser of Apple's opens HEIC, too: it is asked before it is refused.
    const small = no && no !== "heic" ? null : await shrunk(file).catch(() => null);
    state.textContent = "";
    if (!small) return refuse(no || "no_picture");
    put(new File([small.blob], "photo.jpg", { type: "image/jpeg" }));
    return show(small);
  }

  function put(file) {
    const files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
    dropKept();
    // What the server said of another photo is answered by this one.
    box.closest(".field").querySelector(":scope > .field-error")?.remove();
  }

  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return clear();
    work = take(file).finally(() => { work = null; });
    return work;
  });
  form.addEventListener("submit", (event) => {
    if (!work) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    work.then(() => fault.hidden && form.requestSubmit(event.submitter));
  }, { capture: true });
  form.addEventListener("reset", clear);
  box.querySelector("[data-photo-out]").addEventListener("click", () => {
    clear();
    dropKept();
    input.focus();
  });
  const given = box.querySelector(`[name=${box.dataset.photo}_kept]`);
  if (given) showKept(given.value);

  // What a refused form gave back is shown like a photo just taken; the server has it as base64.
  async function showKept(text) {
    const signs = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const blob = new Blob([Uint8Array.from(signs, (sign) => sign.charCodeAt(0))], { type: "image/jpeg" });
    const small = await import("./picture.js").then(({ shrunk }) => shrunk(blob)).catch(() => null);
    if (!small || !given.isConnected) return;
    kept.hidden = true;
    show({ ...small, blob });
  }
}
