// A picture of the passport's lines, read on the device: it fills the form and is dropped. The reader is fetched when
// somebody first takes a picture; nothing of the picture is sent anywhere.
import { FORMATS, placesOf } from "./mrz-layout.js";
import { read } from "./mrz.js";

// What the engine found, as mrz.js gives a reading: the characters to compare are those whose runner-up would do, too.
function readingOf({ form, text, marks }, today) {
  const lines = Array.from({ length: form.rows }, (_, row) => text.slice(row * form.width, (row + 1) * form.width));
  const reading = read(lines.join("\n"), today);
  if (reading.unreadable || reading.format !== form.name || reading.faults.length) return null;
  const at = new Map([...placesOf(FORMATS.find((each) => each.name === form.name))].map(([field, place, nth]) => [place, [field, nth]]));
  const unclear = marks.filter(([place]) => at.has(place)).map(([place, others]) => {
    const [field, nth] = at.get(place);
    return { field, place: nth, read: text[place], others: others.join(""), why: "seen" };
  });
  return { ...reading, unclear };
}

// The lines cut out of the picture and straight, as wide as the form.
function show(canvas, bitmap, scale, rows) {
  const [first, last] = [rows[0].line, rows.at(-1).line];
  const [left, right] = [Math.min(first.from, last.from), Math.max(first.to, last.to)];
  const pixels = Math.min(1200, Math.max(600, (right - left) / scale));
  const zoom = pixels / (right - left);
  const above = first.a - first.cap * 1.4;
  const below = last.a + last.cap * 1.4;
  canvas.width = pixels;
  canvas.height = Math.round((below - above) * zoom);
  const context = canvas.getContext("2d");
  context.transform(zoom, -zoom * first.b, 0, zoom, -left * zoom, -above * zoom);
  context.drawImage(bitmap, 0, 0, bitmap.width * scale, bitmap.height * scale);
}

export function start(box, states, today, take) {
  const fault = box.querySelector("[data-camera-fault]");
  const state = box.querySelector("[data-camera-state]");
  const figure = box.querySelector("[data-strip]");
  const words = (code) => box.closest("[data-mrz]").querySelector(`[data-say="${code}"]`).content.textContent;
  const codes = Array.from({ length: states.length / 3 }, (_, at) => states.slice(at * 3, at * 3 + 3));
  box.hidden = false;

  function refuse(code) {
    fault.textContent = words(code);
    fault.hidden = false;
  }

  async function look(file) {
    state.textContent = words("fetching");
    const parts = [import("./picture.js"), import("../mrz-engine/picture.js"), import("../mrz-engine/engine.js")];
    const [{ refusal } = {}, picture, engine] = await Promise.all(parts).catch(() => []);
    if (!engine) return refuse("offline");
    const no = await refusal(file);
    if (no && no !== "heic") return refuse(no);
    const seen = await picture.greyOf(file).catch(() => null);
    if (!seen) return refuse(no || "no_picture");
    state.textContent = words("reading");
    await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
    const found = engine.zoneIn(seen.grey, seen.width, seen.height, codes);
    if (found) {
      figure.hidden = false;
      show(figure.querySelector("canvas"), seen.bitmap, seen.width / seen.bitmap.width, found.rows);
    }
    seen.bitmap.close();
    const reading = found?.sure ? readingOf(found, today) : null;
    if (!reading) return refuse("unsure");
    return take(reading, true);
  }

  for (const input of box.querySelectorAll("[type=file]")) {
    input.addEventListener("change", async () => {
      const [file] = input.files;
      input.value = "";
      if (!file) return;
      [fault.hidden, figure.hidden] = [true, true];
      await look(file);
      state.textContent = "";
    });
  }
}
