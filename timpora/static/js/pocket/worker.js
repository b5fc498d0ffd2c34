// The service worker: opens the pocket where there is no network, keeps a form whose sending failed, and sends
// what waits once the network is back. Pages with names on them are never kept.
import { keep, send } from "./outbox.js";
import * as store from "./store.js";
import { shrunk } from "../picture.js";

const SHELL = "/pocket/";
const CHECK = "/papers/check/offline/"; // is a receipt genuine? for everybody, so it is fetched without a sign-in
const own = (request) => new Request(request, { credentials: "omit" });
const LEFT_OUT = ["outbox", "csrfmiddlewaretoken", "photo_kept", "photo_out"];
const SMALL = 160 * 1024; // bytes: what the page makes of a photo
const SOON = 4000; // milliseconds after which a network is as good as none

export function start(cacheName, files) {
  self.addEventListener("install", (event) => event.waitUntil(install(cacheName, files)));
  self.addEventListener("activate", (event) => event.waitUntil(activate(cacheName)));
  self.addEventListener("sync", (event) => event.waitUntil(send({ force: true })));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    // A foreign national's own page has nothing to do with whoever's phone shows it.
    if (origin !== self.location.origin || pathname.startsWith("/my-data/")) return;
    if (request.mode === "navigate") event.respondWith(visit(event, pathname, cacheName));
    else if (files.includes(pathname)) event.respondWith(fromCache(request));
  });
}

async function install(cacheName, files) {
  const cache = await caches.open(cacheName);
  await cache.addAll([...files, own(CHECK)]);
  const known = await caches.match(SHELL);
  const fresh = await fetch(SHELL).catch(() => null);
  if (fresh?.ok && !fresh.redirected) await cache.put(SHELL, fresh);
  else if (known) await cache.put(SHELL, known); // its own files stay, too: see activate
  await self.skipWaiting();
}

// Whether the page is of this version: every other one names files that only its own cache holds.
const isOf = (text, cacheName) => text.includes(`data-version="${cacheName}"`);

async function activate(cacheName) {
  const shell = await (await caches.open(cacheName)).match(SHELL);
  const isFresh = !shell || isOf(await shell.text(), cacheName);
  for (const name of isFresh ? await caches.keys() : []) {
    if (name.startsWith("pocket-") && name !== cacheName) await caches.delete(name);
  }
  await self.clients.claim();
}

async function visit(event, pathname, cacheName) {
  const { request } = event;
  const sent = request.method === "POST" ? request.clone() : null;
  try {
    return await (pathname === SHELL ? soon(event, cacheName) : fetch(request));
  } catch (fault) {
    if (sent && (await kept(sent))) return Response.redirect("/pocket/#outbox", 303);
    if (request.method !== "GET") throw fault;
    const page = pathname === CHECK ? CHECK : SHELL;
    const found = await held(page, cacheName);
    if (!found) throw fault;
    return pathname === page ? found : Response.redirect(SHELL, 302);
  }
}

// A page that was put away: this version's, or while there is none an older one's.
async function held(page, cacheName) {
  return (await (await caches.open(cacheName)).match(page)) ?? caches.match(page);
}

// The page without network must open under one bar of signal, too, where an answer may take minutes.
async function soon(event, cacheName) {
  const shell = await held(SHELL, cacheName);
  const late = shell && new Promise((done) => setTimeout(done, SOON, shell));
  const fresh = fetch(event.request);
  event.waitUntil(fresh.then((answer) => keepShell(answer.clone(), cacheName)).catch(() => {}));
  return Promise.race([fresh, ...(late ? [late] : [])]);
}

// The page as the server gives it today takes the place of the one that was kept, if its files are here, too.
async function keepShell(answer, cacheName) {
  if (!answer.ok || answer.redirected || !isOf(await answer.clone().text(), cacheName)) return;
  await (await caches.open(cacheName)).put(SHELL, answer);
  await activate(cacheName);
}

// A form that says what it is (a hidden field "outbox") waits, when its user has prepared this phone.
async function kept(request) {
  const form = await request.formData().catch(() => null);
  const said = form?.get("outbox") ? JSON.parse(form.get("outbox")) : null;
  const person = said ? await store.get("people", said.user) : null;
  if (!person) return false;
  const fields = await Promise.all([...form].filter(([name]) => !LEFT_OUT.includes(name)).map(small));
  // What a refused form gave back is the photo, unless another was chosen or it was taken out.
  const given = form.get("photo_kept");
  if (given && !form.get("photo")?.size && !form.has("photo_out")) fields.push(["photo", given]);
  const number = form.get("sent_id") || undefined;
  await keep(person, { kind: said.kind, about: said.about ?? {}, seen: said.seen ?? {}, fields }, number);
  return true;
}

// The page makes a photo small; where its script did not run, it is done here. Of what is no photo enough is kept
// for the server to say so.
async function small([name, value]) {
  if (!(value instanceof Blob) || !value.size || value.size <= SMALL) return [name, value];
  return [name, (await shrunk(value).catch(() => null))?.blob ?? value.slice(0, 1000)];
}

async function fromCache(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}
