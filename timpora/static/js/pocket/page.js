// The page that works without network: who opens it, the village, and what waits.
import * as store from "./store.js";
import * as lock from "./lock.js";
import { close, open } from "./crypto.js";
import { onChange, pause, send, standing } from "./outbox.js";
import { badge, copy, every, fill, moment, notice, one, say, show } from "./view.js";
import { item as openItem, month as openMonth, offerPhoto, resident as openResident, start as startPanels } from "./panels.js";

const HOUR = 3600000;
let village = null, timer = 0;

export const mine = () => village;

async function begin() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB || !navigator.locks) return notice(say("insecure"), "ask");
  lock.onLock((why) => { village = null; gate(why); });
  startPanels(route);
  addEventListener("hashchange", route);
  document.addEventListener("click", (event) => { if (event.target.closest("a")) notice(""); });
  addEventListener("online", () => work(true));
  onChange(() => refresh());
  one("[data-enter]").addEventListener("submit", enter);
  one("[data-prepare]").addEventListener("submit", prepare);
  for (const button of every("[data-send]")) button.addEventListener("click", () => sendNow());
  one("[data-fetch]").addEventListener("click", () => fetchVillage(true));
  one("[data-lock]").addEventListener("click", () => lock.shut());
  await navigator.serviceWorker?.register("/sw.js", { type: "module" }).catch(() => {});
  // Only once the worker has put all files away does the page open without network: then it says so.
  navigator.serviceWorker?.ready.then(() => { one("[data-ready]").hidden = false; });
  await gate();
  work(true);
}

// The door: for whoever has prepared this phone at once, however slow the network; then what the server says.
async function gate(why = "") {
  drawDoor(await store.all("people"));
  if (why) notice(say(why), why === "locked" ? "" : "ask");
  show("door");
  recalled().then(async (said) => drawDoor(await store.all("people"), said));
}

function drawDoor(known, said) {
  const box = one("[data-people]"), users = known.map((each) => each.user).join();
  if (box.dataset.users !== users) { // not drawn anew while somebody chooses
    box.dataset.users = users;
    box.replaceChildren(...known.map((each) => {
      const made = copy("person", { name: each.name });
      Object.assign(one("input", made), { value: each.user, checked: known.length === 1 });
      return made;
    }));
  }
  one("[data-choice]").hidden = known.length < 2;
  one("[data-enter]").hidden = !known.length;
  const stranger = Boolean(said?.village) && !known.some((each) => each.user === said.user.id);
  one("[data-prepare]").hidden = !stranger;
  one("[data-unprepared]").hidden = known.length > 0 || stranger || said === undefined;
}

// What the server says of each user of this phone, one of whom may have reported it lost. The last answer, or null.
async function recalled() {
  let said = null;
  const people = await store.all("people");
  for (const { device, user } of people.length ? people : [{}]) {
    said = await standing(device);
    if (!["ended", "stale"].includes(said?.device)) continue;
    await store.wipe(user, { keepItems: said.device === "stale" });
    if (lock.person()?.user === user) lock.shut(said.device); // it was opened while the server was asked
    else notice(say(said.device), "ask");
  }
  if (said) clock(said.now);
  return said;
}

function clock(serverTime) {
  const hours = Math.round(Math.abs(Date.now() - Date.parse(serverTime)) / HOUR);
  one("[data-clock]").hidden = hours < 1;
  one("[data-clock]").textContent = say("clock", { n: hours });
}

async function enter(event) {
  event.preventDefault();
  const form = event.target, said = new FormData(form);
  const only = (await store.all("people"))[0]?.user;
  const left = await lock.enter(Number(said.get("person") ?? only), said.get("secret"));
  form.elements.secret.value = ""; // who was chosen stays chosen
  if (left === "open") return opened();
  if (!left) return gate("removed");
  return notice(`${say("wrong_secret")} ${say("tries_left", { n: left })}`, "ask");
}

async function prepare(event) {
  event.preventDefault();
  const form = event.target, said = await standing();
  if (!said?.user) return notice(say(said ? "sign_in_first" : "no_network"), "ask");
  const fault = await lock.prepare(said, new FormData(form).get("secret"));
  form.reset();
  if (fault) return notice(say(fault) || fault, "ask");
  return opened();
}

async function opened() {
  notice("");
  const { user } = lock.person();
  const pocket = await store.get("pockets", user);
  village = pocket ? { ...(await open(pocket.sealed, lock.key(), `pocket:${user}`)), kb: pocket.kb } : null;
  await route();
  if (!village || Date.now() - Date.parse(village.at) > HOUR) await fetchVillage(false);
  work(true);
}

// The list as the server shows it now, closed before it is put away.
async function fetchVillage(asked) {
  const { user, device, keys } = lock.person();
  const headers = { "X-Timpora-Device": device };
  const response = await fetch("/pocket/list/", { headers }).catch(() => null);
  if (response?.redirected) return asked && notice(say("sign_in_first"), "ask");
  if (response?.status === 410) { await store.wipe(user); return lock.shut("ended"); }
  if (response?.status === 409) { await store.wipe(user, { keepItems: true }); return lock.shut("stale"); }
  if (!response?.ok) return asked && notice(say("no_network"), "ask");
  const text = await response.text();
  const [found, kb] = [JSON.parse(text), Math.ceil(text.length / 1024)];
  const sealed = await close(found, keys.point, `pocket:${user}`);
  await store.put("pockets", { user, sealed, kb, at: found.at });
  await lock.renew({ mandate: found.mandate });
  for (const each of found.sent) {
    await store.put("receipts", { ...(await store.get("receipts", each.number)), ...each, user });
  }
  village = { ...found, kb };
  if (asked) notice(say("fetched"));
  return route();
}

async function route() {
  if (!lock.key()) return show("door");
  const [name, id] = location.hash.slice(1).split("/");
  await refresh();
  if (name === "resident" && openResident(village, Number(id), id)) return show("resident");
  if (name === "month" && openMonth(village, id)) return show("month");
  if (name === "item" && (await openItem(id))) return show("item");
  return show(["new", "outbox", "sent"].includes(name) ? name : "home");
}

async function refresh() {
  const person = lock.person();
  if (!person) return;
  const own = (row) => row.user === person.user;
  const [items, receipts] = [(await store.all("items")).filter(own), (await store.all("receipts")).filter(own)];
  drawVillage();
  offerPhoto(village);
  await drawOutbox(items);
  drawReceipts(receipts);
  // What the server said beside its yes is told once at the top, and stays with the receipt.
  for (const each of receipts.filter(({ note, told }) => note && !told)) {
    notice(each.note, "ask");
    await store.change("receipts", each.number, { told: true });
  }
}

function drawVillage() {
  one("[data-people-number]").textContent = village?.people ?? "–";
  one("[data-village]").textContent = village?.village.name ?? "";
  one("[data-as-of]").textContent = village ? say("as_of", { at: moment(village.at), kb: village.kb }) : say("never_fetched");
  fill("[data-residents]", (village?.residents ?? []).map((each) => {
    const { names, address } = each.seen;
    const made = copy("resident", { names, about: [each.country, address].filter(Boolean).join(" · "), since: say("since", { day: each.since }) });
    one("a", made).href = `#resident/${each.id}`;
    one("[data-states]", made).append(...each.states.map(([kind, words]) => badge(kind, words)));
    return made;
  }));
  one("[data-nobody]").hidden = !village || village.residents.length > 0;
  fill("[data-months]", (village?.months ?? []).map((each) => {
    const done = each.content !== "none";
    const made = copy("month", { name: each.name, due: done ? say("answered") : say("due", { day: each.due }) });
    one("a", made).href = `#month/${each.month}`;
    return made;
  }));
}

async function drawOutbox(items) {
  const lines = await Promise.all(items.map(async (each) => {
    const kinds = { waiting: "waiting", sending: "calm", refused: "ask", conflict: "ask" };
    const said = await open(each.copy, lock.key(), each.number).catch(() => null);
    const about = said ? said.title ?? "" : say("unreadable");
    const seconds = Math.max(0, Math.ceil((each.nextAt - Date.now()) / 1000));
    const next = each.state === "waiting" && each.tries ? say("next_try", { n: seconds }) : "";
    const made = copy("item", { kind: say(each.kind), about, at: moment(each.madeAt), why: [say(each.reason), next].filter(Boolean).join(" ") });
    one("[data-state]", made).append(badge(kinds[each.state], say(each.state)));
    one("a", made).href = `#item/${each.number}`;
    one("a", made).hidden = !["refused", "conflict"].includes(each.state);
    return made;
  }));
  fill("[data-items]", lines);
  const [wait, need] = [items.filter((each) => ["waiting", "sending"].includes(each.state)).length, items.filter((each) => ["refused", "conflict"].includes(each.state)).length];
  const said = wait === 1 ? say("one_waits") : wait ? say("some_wait", { n: wait }) : say("none_waits");
  for (const place of every("[data-waiting]")) place.textContent = [said, need ? say("to_mend", { n: need }) : ""].filter(Boolean).join(" · ");
  for (const button of every("[data-send]")) button.hidden = !wait;
}

function drawReceipts(receipts) {
  receipts.sort((a, b) => b.at.localeCompare(a.at));
  fill("[data-receipts]", receipts.map((each) => {
    const made = copy("receipt", { kind: say(each.kind), receipt: say("receipt", { number: each.receipt }), at: moment(each.at), note: each.note });
    one("[data-state]", made).append(badge("sure", say("accepted")));
    return made;
  }));
}

async function sendNow() {
  await work(true);
  if (!navigator.onLine) notice(say("no_network"), "ask");
}

// Sends, and looks again when the next item is due: there is no end to it while something waits.
async function work(force = false) {
  clearTimeout(timer);
  await send({ force }).catch(() => {});
  await refresh();
  const next = await pause();
  timer = setTimeout(work, next === null ? 60000 : Math.max(1000, next));
}

begin();
