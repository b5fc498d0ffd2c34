// The service worker: opens the pocket where there is no network, keeps a form whose sending failed, and sends
// what waits once the network is back. Pages with names on them are never kept.
import { keep, send } from "./outbox.js";
import * as store from "./store.js";

const SHELL = "/pocket/";

export function start(cacheName, files) {
  self.addEventListener("install", (event) => event.waitUntil(install(cacheName, files)));
  self.addEventListener("activate", (event) => event.waitUntil(activate(cacheName)));
  self.addEventListener("sync", (event) => event.waitUntil(send({ force: true })));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(visit(request, pathname));
    else if (files.includes(pathname)) event.respondWith(fromCache(request));
  });
}

async function install(cacheName, files) {
  const cache = await caches.open(cacheName);
  await cache.addAll(files);
  const known = await caches.match(SHELL);
  const fresh = await fetch(SHELL).catch(() => null);
  if (fresh?.ok && !fresh.redirected) await cache.put(SHELL, fresh);
  else if (known) await cache.put(SHELL, known); // its own files stay, too: see activate
  await self.skipWaiting();
}

async function activate(cacheName) {
  const fresh = await (await caches.open(cacheName)).match(SHELL);
  const text = fresh ? await fresh.text() : "";
  for (const name of await caches.keys()) {
    const isOurs = name.startsWith("pocket-") && name !== cacheName;
    // The page that was kept may still be the one of an older version: then its files are needed.
    if (isOurs && text.includes(`data-version="${cacheName}"`)) await caches.delete(name);
  }
  await self.clients.claim();
}

async function visit(request, pathname) {
  const sent = request.method === "POST" ? request.clone() : null;
  try {
    return await fetch(request);
  } catch (fault) {
    if (sent && (await kept(sent))) return Response.redirect("/pocket/#outbox", 303);
    if (request.method !== "GET") throw fault;
    const shell = await caches.match(SHELL);
    if (!shell) throw fault;
    return pathname === SHELL ? shell : Response.redirect(SHELL, 302);
  }
}

// A form that says what it is (a hidden field "outbox") waits, when its user has prepared this phone.
async function kept(request) {
  const form = await request.formData().catch(() => null);
  const said = form?.get("outbox") ? JSON.parse(form.get("outbox")) : null;
  const person = said ? await store.get("people", said.user) : null;
  if (!person) return false;
  const fields = [...form].filter(([name]) => !["outbox", "csrfmiddlewaretoken"].includes(name));
  const number = form.get("sent_id") || undefined;
  await keep(person, { kind: said.kind, about: said.about ?? {}, seen: said.seen ?? {}, fields }, number);
  return true;
}

async function fromCache(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}
