// Fills a form from the passport's lines on the device: the lines are sent nowhere, only the form's own fields are.
// The same as registry/zone.py does for whoever has no script.
import { read } from "./mrz.js";

const ORDINARY = ["OCHN", "SKOR"];
const COMPARED = {
  document_number: "document_number", names: "names", nationality: "nationality", issuing_state: "document_issuer",
  date_of_birth: "birth_date", sex: "sex",
};
const BIRTH = ["birth_date_year", "birth_date_month", "birth_date_day"];
const isoDay = (day) => `${day.getFullYear()}-${`${day.getMonth() + 1}`.padStart(2, "0")}-${`${day.getDate()}`.padStart(2, "0")}`;
const plain = (text) => text.normalize("NFKD").toUpperCase().replace(/[^\p{L}\p{N} ]/gu, "").trim().split(/\s+/).sort().join(" ");

// What a reading says in the register's words: { values, notes: [code, field, value], marks }.
export function meaning(reading, states) {
  const { fields, faults } = reading;
  const isVisa = reading.format.startsWith("MRV");
  const until = isVisa ? "visa_until" : "document_until";
  const [kind, state] = [fields.document_code.slice(1), fields.issuing_state];
  if (kind === "D") return { values: {}, notes: [["diplomatic"]], marks: [] };
  const isState = (code) => code === "D" || (code.length === 3 && Array.from({ length: states.length / 3 }, (_, at) => states.slice(at * 3, at * 3 + 3)).includes(code));
  const nation = (code) => (isState(code) ? (code === "D" ? "DEU" : code) : "");
  const [primary, secondary] = [fields.primary_identifier, fields.secondary_identifier];
  const found = {
    names: `${primary} ${secondary}`.trim(), nationality: nation(fields.nationality),
    sex: { "": "X", X: "X", M: "M", F: "F" }[fields.sex] ?? "", birth_date: reading.birth,
    ...(secondary ? { family: primary, given: secondary } : {}),
    [until]: reading.expiry.length === 10 ? reading.expiry : "",
  };
  if (!isVisa) {
    found.document_kind = fields.document_code[0] === "P" ? "passport" : "other";
    found.document_issuer = nation(state);
    found.document_number = fields.document_number.replaceAll("<", " ");
  }
  const named = (fault) => ({ date_of_birth: "birth_date", date_of_expiry: until }[fault] ?? fault);
  const faulty = faults.map(named);
  const values = Object.fromEntries(Object.entries(found).filter(([name, value]) => value && !faulty.includes(name)));
  const notes = faults.map((fault) => [fault === "composite" ? fault : "fault", named(fault)]);
  if (!values.nationality) notes.push(["state", "nationality", fields.nationality]);
  if (kind && "OS".includes(kind) && !ORDINARY.includes(kind + state)) notes.push(["official"]);
  if (isVisa) notes.push(["visa"]);
  if (reading.truncated) notes.push(["truncated", "names"]);
  const into = { ...COMPARED, date_of_expiry: until };
  const marks = reading.unclear.map((mark) => ({ ...mark, field: into[mark.field], place: mark.place + 1 }));
  return { values, notes, marks: marks.filter((mark) => values[mark.field]) };
}

export function start(box) {
  const form = box.closest("form");
  const lines = box.querySelector("[name=zone]");
  const [faultBox, readBox, marksBox] = ["[data-fault]", "[data-read]", "[data-marks]"].map((each) => box.querySelector(each));
  const filled = {}; // by us, and therefore by us to change
  lines.removeAttribute("name"); // neither the draft nor the report carries them

  const say = (code, field = "", value = "", more = {}) => {
    const words = (which) => box.querySelector(which)?.content.textContent ?? field;
    const parts = { field: words(`[data-label="${field}"]`), value, ...more };
    return words(`[data-say="${code}"]`).replace(/%\((\w+)\)s/g, (_all, name) => parts[name]);
  };
  const told = (event) => (field) => field.dispatchEvent(new Event(event, { bubbles: true }));

  function valueOf(name) {
    if (name === "birth_date") return BIRTH.map((part) => form.elements[part]?.value ?? "").filter(Boolean).map((part) => part.padStart(2, "0")).join("-");
    return form.elements[name]?.value ?? "";
  }
  function put(name, value) {
    const parts = name === "birth_date" ? BIRTH.map((part, at) => [part, value.split("-")[at] ?? ""]) : [[name, value]];
    for (const [part, text] of parts) {
      const field = form.elements[part];
      if (!field) return;
      field.value = text;
      const one = field instanceof RadioNodeList ? [...field].find((each) => each.checked) : field;
      if (!one) continue;
      one.closest("details:not([open])")?.setAttribute("open", "");
      told("change")(one);
    }
    filled[name] = valueOf(name);
  }
  const isOurs = (name) => !valueOf(name) || valueOf(name) === filled[name];
  const agrees = (name, value) => plain(valueOf(name)) === plain(value) || valueOf(name).endsWith(`(${value})`);

  function tell(sentences) {
    readBox.replaceChildren();
    if (!sentences.length) return;
    const first = document.createElement("p");
    first.textContent = sentences[0];
    const list = document.createElement("ul");
    for (const sentence of sentences.slice(1)) list.append(Object.assign(document.createElement("li"), { textContent: sentence }));
    readBox.append(first, ...(list.children.length ? [list] : []));
  }
  function refuse(sentence) {
    faultBox.hidden = !sentence;
    faultBox.querySelector("p").textContent = sentence;
    lines.toggleAttribute("aria-invalid", Boolean(sentence));
    lines.closest(".field").classList.toggle("field--wrong", Boolean(sentence));
  }
  function ask(marks) {
    marksBox.hidden = !marks.length;
    marksBox.querySelector(".choices").replaceChildren(...marks.map(({ field, place, read: sign, others }) => {
      const code = `${field}.${place}.${sign}.${others}`;
      const label = document.createElement("label");
      const input = (type, name) => Object.assign(document.createElement("input"), { type, name, value: code });
      const text = document.createElement("span");
      text.textContent = say("mark", field, "", { place, read: sign, others: [...others].join(say("or")) });
      label.append(input("hidden", "to_compare"), input("checkbox", "compared"), " ", text);
      return label;
    }));
  }

  // Puts a reading into the form; `isAsked`: its faults are said, too. True when it was taken.
  function take(reading, isAsked) {
    if (reading.unreadable) {
      refuse(isAsked ? say(reading.unreadable, "", reading.lengths.join(", ")) : "");
      return false;
    }
    const { values, notes, marks } = meaning(reading, box.dataset.states);
    if (!Object.keys(values).length) {
      refuse(say(notes[0][0]));
      return false;
    }
    if (reading.faults.length && !isAsked) return false;
    refuse("");
    const ours = Object.keys(values).filter((name) => isOurs(name));
    for (const [name, value] of Object.entries(values)) {
      if (ours.includes(name)) put(name, value);
      else if (!agrees(name, value)) notes.push(["differs", name, value]);
    }
    tell([say("read"), ...notes.map((note) => say(...note))]);
    ask(marks.filter((mark) => ours.includes(mark.field)));
    return true;
  }

  lines.addEventListener("input", () => {
    refuse("");
    const reading = read(lines.value, isoDay(new Date()));
    // A card's names stand last and may be half typed.
    const isWhole = reading.format !== "TD1" || lines.value.replace(/\s/g, "").length >= 90;
    if (!reading.unreadable && isWhole && take(reading, false)) lines.value = "";
  });
  const camera = box.querySelector("[data-camera]");
  const offer = () => import("./mrz-camera.js").then((each) => each.start(camera, box.dataset.states, isoDay(new Date()), take));
  if (box.open) offer();
  else box.addEventListener("toggle", offer, { once: true });
  box.querySelector("[name=read_lines]").addEventListener("click", (event) => {
    event.preventDefault();
    const reading = read(lines.value, isoDay(new Date()));
    if (take(reading, true) && !reading.faults.length) lines.value = "";
    else lines.focus();
  });
}
