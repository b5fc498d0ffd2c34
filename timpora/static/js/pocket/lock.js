// Who has opened this phone's pocket, for how long: the key is in memory only, and goes after quiet minutes.
import * as store from "./store.js";
import { makeKeys, unlock } from "./crypto.js";

const QUIET = 15 * 60 * 1000;
const MOST = 5; // wrong tries before the list goes
let holder = null, timer = 0, locked = () => {};

export const person = () => holder?.person ?? null;
export const key = () => holder?.key ?? null;

export function onLock(work) {
  locked = work;
  const stay = () => { if (holder) arm(); };
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, stay, { passive: true });
  // Timers sleep with the phone: what counts is the time when it wakes.
  document.addEventListener("visibilitychange", () => { if (holder && Date.now() > holder.until) shut("locked"); });
}

function arm() {
  clearTimeout(timer);
  holder.until = Date.now() + QUIET;
  timer = setTimeout(() => shut("locked"), QUIET);
}

export function shut(why = "") {
  clearTimeout(timer);
  holder = null;
  locked(why);
}

function hold(found, privateKey) {
  holder = { person: found, key: privateKey, until: 0 };
  arm();
}

// "open", or how many tries are left; 0 when the list has gone.
export async function enter(user, secret) {
  const found = await store.get("people", user);
  const privateKey = found && (await unlock(found.keys, secret));
  if (privateKey) {
    await store.change("people", user, { wrong: 0 });
    hold(found, privateKey);
    return "open";
  }
  const left = MOST - 1 - (found?.wrong ?? 0);
  if (left > 0) await store.change("people", user, { wrong: MOST - left });
  else await store.wipe(user, { keepItems: true });
  return Math.max(0, left);
}

// Prepares this phone for whoever is signed in. Resolves to "" or to the sentence why not.
export async function prepare(said, secret) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": said.token };
  // Which device this browser was before outlives a sign-out, so that it is replaced and not added.
  const mark = `timpora-device-${said.user.id}`;
  const body = JSON.stringify({ secret, label: label(), instead: localStorage.getItem(mark) ?? "" });
  const response = await fetch("/pocket/devices/", { method: "POST", headers, body });
  const answer = await response.json();
  if (!response.ok) return answer.sentence;
  localStorage.setItem(mark, answer.device);
  const keys = await makeKeys(secret);
  const { id: user, name } = said.user;
  const made = { user, name, device: answer.device, serverKey: answer.key, keys, mandate: 0, wrong: 0 };
  await store.put("people", made);
  for (const item of await store.all("items")) {
    // What waited under the device before goes out under the new one.
    if (item.user === user) await store.change("items", item.number, { device: answer.device });
  }
  await navigator.storage?.persist?.();
  return (await enter(user, secret)) === "open" ? "" : "not_kept";
}

export async function renew(changes) {
  await store.change("people", holder.person.user, changes);
  Object.assign(holder.person, changes);
}

function label() {
  const system = navigator.userAgentData?.platform || /Android|iPhone|iPad|Windows|Mac|Linux/.exec(navigator.userAgent)?.[0];
  const browser = /Firefox|Edg|OPR|Chrome|Safari/.exec(navigator.userAgent)?.[0] ?? "";
  return [browser, system].filter(Boolean).join(" · ");
}
