// Writing without network: the forms, the month's answers, and what needs a second look.
import * as store from "./store.js";
import * as lock from "./lock.js";
import { open } from "./crypto.js";
import { keep, send } from "./outbox.js";
import { copy, every, faults, fill, notice, one, restore, say } from "./view.js";

const ROOM = 2 * 1024 * 1024; // bytes below which nothing more is begun
let mended = null; // the number of the item that a form was opened with
let leave = () => {};

export function start(whenKept) {
  leave = whenKept;
  for (const form of every("form[data-kind]")) form.addEventListener("submit", (event) => submitted(event, form));
}

async function submitted(event, form) {
  event.preventDefault();
  if (!form.reportValidity()) return;
  const { kind, about = "{}", seen = "{}", title = "" } = form.dataset;
  const fields = [...new FormData(form, event.submitter)].filter(([name]) => name !== "sent_id");
  const named = fields.find(([name]) => name === "names")?.[1];
  await away({ kind, about: JSON.parse(about), seen: JSON.parse(seen), fields, title: named || title }, () => form.reset());
}

// Puts one thing away, and says so; what cannot be kept stays where it was typed.
async function away(said, done = () => {}) {
  let number = "";
  try {
    const { quota = ROOM * 2, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota - usage < ROOM) throw new Error("full");
    number = await keep(lock.person(), said, mended ?? undefined);
  } catch {
    return notice(say("not_kept"), "ask");
  }
  mended = null;
  done();
  location.hash = "#outbox";
  notice(say("kept"));
  await send({ force: true });
  if (await store.get("receipts", number)) notice(say("sent_now"));
  return leave();
}

// The field for a photo is there where the office has switched it on, and says for how long one is kept; its script
// is fetched then, and not before.
export function offerPhoto(village) {
  const isOn = Boolean(village?.photo_days);
  for (const box of every("[data-photo]")) {
    box.closest(".field").hidden = !isOn;
    one("[type=file]", box).disabled = !isOn;
    if (village?.photo_kept) one(".field-help", box.closest(".field")).textContent = village.photo_kept;
    if (!isOn || box.dataset.started) continue;
    box.dataset.started = "1";
    import("../photo.js").then((photo) => photo.start(box));
  }
}

// The things that may have happened to one resident, as forms that are folded until one is chosen.
export function resident(village, number) {
  const found = village?.residents.find((each) => each.id === number);
  if (!found) return false;
  const { names, address } = found.seen;
  one("[data-resident-name]").textContent = names;
  one("[data-resident-about]").textContent = [found.country, address].filter(Boolean).join(" · ");
  for (const form of every("form[data-kind=resident]")) {
    if (mended) continue;
    form.reset();
    form.dataset.about = JSON.stringify({ person: `${number}`, kind: form.dataset.event, version: found.version });
    form.dataset.seen = JSON.stringify(found.seen);
    form.dataset.title = names;
  }
  return true;
}

// A month: each resident is answered for, or nil is signed.
export function month(village, code) {
  const found = village?.months.find((each) => each.month === code);
  if (!found) return false;
  one("[data-month-name]").textContent = found.name;
  const about = JSON.stringify({ village: village.village.code, month: code });
  const people = village.residents.filter((each) => found.residents.includes(each.id));
  const [answers, nil] = [one("form[data-kind=return]"), one("form[data-kind=nil]")];
  for (const form of [answers, nil]) Object.assign(form.dataset, { about, title: found.name });
  answers.hidden = !people.length;
  nil.hidden = people.length > 0;
  one("[data-not-over]").hidden = people.length > 0 || found.over;
  one("button", nil).disabled = !found.over;
  fill("[data-answers]", people.map((each) => {
    const made = copy("answer", { names: each.seen.names, about: each.seen.address });
    for (const input of every("input", made)) {
      input.name = `person_${each.id}`;
    }
    return made;
  }));
  return true;
}

// An item that came back: what the server says, both versions, and what can be done.
export async function item(number) {
  const found = await store.get("items", number);
  if (!found || !lock.key()) return false;
  const said = await open(found.copy, lock.key(), number).catch(() => null);
  const answer = found.answer && (await open(found.answer, lock.key(), number).catch(() => null));
  one("[data-item-title]").textContent = said?.title || say(found.kind);
  one("[data-item-sentence]").textContent = answer?.sentence || say(found.reason);
  fill("[data-item-fields]", Object.values(answer?.fields ?? {}).flat().map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  fill("[data-rows]", (answer?.rows ?? []).map(([name, label, yours, now]) => {
    const made = copy("row", { label, yours: yours || "–", now: now || "–" });
    made.dataset.field = name;
    for (const input of every("input", made)) input.name = `take_${name}`;
    return made;
  }));
  const overtaken = answer?.code === "overtaken";
  one("[data-versions]").hidden = !answer?.rows?.length;
  one("[data-choose-office]").hidden = found.state !== "conflict";
  for (const button of every("[data-choose-phone], [data-choose-both]")) button.hidden = !(overtaken && answer.version);
  one("[data-mend]").hidden = !said || (found.state === "conflict" && answer?.code === "sent_before") || found.kind === "nil";
  one("[data-again]").hidden = answer?.code !== "already_reported";
  one("[data-choose-office]").onclick = () => letGo(found);
  one("[data-let-go]").onclick = () => letGo(found);
  one("[data-choose-phone]").onclick = () => decide(found, said, answer, chosen());
  one("[data-choose-both]").onclick = () => decide(found, said, answer, () => true);
  one("[data-again]").onclick = () => resend(found, { ...said, fields: [...said.fields, ["again", "1"]] });
  one("[data-without-photo]").hidden = !said || !answer?.fields?.photo;
  one("[data-without-photo]").onclick = () => resend(found, { ...said, fields: said.fields.filter(([name]) => name !== "photo") });
  one("[data-mend]").onclick = () => mend(found, said, answer);
  return true;
}

// Which fields the phone's version is taken for: those not left to the office's.
function chosen() {
  const kept = new Set(every("[data-rows] [value=now]:checked").map((input) => input.closest("[data-field]").dataset.field));
  return ([name]) => !kept.has(name);
}

async function decide(found, said, answer, takes) {
  const fields = said.fields.filter(takes);
  await resend(found, { ...said, fields, about: { ...said.about, version: answer.version } });
}

async function resend(found, said) {
  mended = found.number;
  await away(said);
}

async function letGo(found) {
  await store.drop("items", found.number);
  location.hash = "#outbox";
  await leave();
}

function mend(found, said, answer) {
  const event = said.about?.kind ? `[data-event="${said.about.kind}"]` : "";
  const form = one(`form[data-kind="${found.kind}"]${event}`);
  mended = found.number;
  location.hash = found.kind === "report" ? "#new" : found.kind === "resident" ? `#resident/${said.about.person}` : `#month/${said.about.month}`;
  // A photo that was refused is not put back: it would be refused again.
  const fields = said.fields.filter(([name]) => name !== "photo" || !answer?.fields?.photo);
  setTimeout(() => {
    restore(form, fields);
    Object.assign(form.dataset, { about: JSON.stringify(said.about), seen: JSON.stringify(said.seen ?? {}), title: said.title ?? "" });
    form.closest("details")?.setAttribute("open", "");
    faults(form, answer?.sentence ?? "", answer?.fields ?? {});
  }, 0);
}
