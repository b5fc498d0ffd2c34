// What waits on this phone goes out one by one: used by the page and by the service worker alike.
import * as store from "./store.js";
import { close, text } from "./crypto.js";

const HOLD = 300; // seconds between two tries at most
const PATIENCE = 30000; // milliseconds for one answer
const KEPT = 90 * 86400 * 1000; // how long the number of a receipt stays
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("timpora-outbox") : null;
const tell = () => channel?.postMessage("changed");
export const onChange = (work) => channel?.addEventListener("message", work);

const headers = (device) => ({ "X-Timpora-Device": device, Accept: "application/json" });
const now = () => new Date().toISOString();

// What the server says of a device and of who is signed in; null without a network.
export async function standing(device = "") {
  try {
    const answer = await fetch("/outbox/", { headers: headers(device), signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// A photo travels inside the envelope, as text; a field for one that was left empty does not.
async function written(fields) {
  const said = [];
  for (const [name, value] of fields) {
    if (!(value instanceof Blob)) said.push([name, value]);
    else if (value.size) said.push([name, text(await value.arrayBuffer())]);
  }
  return said;
}

// Puts one item away, closed: `said` is {kind, fields, about, seen}. Its number, which may be given, comes back.
export async function keep(person, said, number = crypto.randomUUID()) {
  const content = { ...said, fields: await written(said.fields), about: { ...said.about, mandate: `${person.mandate}` } };
  const envelope = await close(content, person.serverKey, number);
  const copy = await close(content, person.keys.point, number);
  await store.put("items", {
    number, user: person.user, device: person.device, kind: said.kind, state: "waiting", reason: "", tries: 0,
    nextAt: 0, madeAt: now(), version: 1, envelope, copy, answer: null,
  });
  tell();
  await askForSync();
  return number;
}

// Where the browser has it, the worker is woken once the network is back, be the page open or not.
async function askForSync() {
  const registration = globalThis.registration ?? (await navigator.serviceWorker?.getRegistration());
  await registration?.sync?.register("outbox").catch(() => {});
}

// Sends what is due, or with `force` all that waits; one sender at a time, in whichever tab or worker.
export function send({ force = false } = {}) {
  return navigator.locks.request("timpora-outbox", { ifAvailable: true }, async (lock) => {
    if (!lock) return false;
    // One that was on its way when this phone went dark waits again: the server knows its number.
    const open = (item) => ["waiting", "sending"].includes(item.state);
    const due = (await store.all("items")).filter((item) => open(item) && (force || item.nextAt <= Date.now()));
    for (const user of new Set(due.map((item) => item.user))) {
      await sendOf(user, due.filter((item) => item.user === user));
    }
    await forgetOld();
    return true;
  });
}

async function sendOf(user, due) {
  const said = await standing(due[0].device);
  if (said?.device === "ended") { await store.wipe(user); tell(); return; }
  for (const item of due) {
    if (!said) await put(item, later(item, "network"));
    else if (said.user?.id !== user) await put(item, { state: "waiting", reason: "signed_out", nextAt: 0 });
    else if (!(await sendOne(item, said.token))) return;
  }
}

// False when the phone was recalled and nothing is left to send.
async function sendOne(item, token) {
  await put(item, { state: "sending" });
  const { number, envelope, madeAt, device } = item;
  const body = JSON.stringify({ number, envelope, made_at: madeAt, sent_at: now() });
  const how = { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) };
  how.headers = { ...headers(device), "Content-Type": "application/json", "X-CSRFToken": token };
  let status = 0, answer = {};
  try {
    const response = await fetch("/outbox/items/", how);
    status = response.status;
    answer = await response.json();
  } catch {
    // No answer, or one from somebody in between: it goes again under the same number.
  }
  if (status === 410) { await store.wipe(item.user); tell(); return false; }
  await noted(item, status, answer);
  return true;
}

async function noted(item, status, answer) {
  const { number, kind, user } = item;
  if (status === 200 && answer.state === "accepted") {
    const { receipt, path, sentence: note } = answer;
    await store.accept(item, { number, kind, user, receipt, path, note, at: now() });
    tell();
  } else if (status === 401) {
    await put(item, { state: "waiting", reason: "signed_out", nextAt: 0 });
  } else if (status === 403 && answer.state === "no_post") {
    await put(item, { state: "refused", reason: "no_post" });
  } else if (["refused", "conflict"].includes(answer.state)) {
    // The answer may repeat what was written, so it is closed like the rest; unread where nobody holds a key.
    const person = await store.get("people", user);
    const closed = person ? await close(answer, person.keys.point, number) : null;
    await put(item, { state: answer.state, reason: answer.code ?? "", answer: closed });
  } else {
    await put(item, later(item, status ? "busy" : "network"));
  }
}

function later(item, reason) {
  const tries = item.tries + 1;
  const pause = Math.min(HOLD, 2 ** Math.min(tries, 10)) * (0.75 + Math.random() / 2);
  return { state: "waiting", reason, tries, nextAt: Date.now() + pause * 1000 };
}

async function put(item, changes) {
  Object.assign(item, changes);
  await store.change("items", item.number, changes);
  tell();
}

async function forgetOld() {
  for (const receipt of await store.all("receipts")) {
    if (Date.now() - Date.parse(receipt.at) > KEPT) await store.drop("receipts", receipt.number);
  }
}

// Milliseconds until the next item is due; null where none waits for its time.
export async function pause() {
  const waiting = (await store.all("items")).filter((item) => ["waiting", "sending"].includes(item.state));
  if (!waiting.length) return null;
  return Math.max(0, Math.min(...waiting.map((item) => item.nextAt)) - Date.now());
}
