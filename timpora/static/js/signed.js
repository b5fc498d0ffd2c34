// Checks the signed line of a receipt in the browser: it needs no network once the page is here.
// The shape and the two rules beside the signature are those of papers/signing.py.
const SHAPE = /^TIMPORA1\|[^|\x00-\x1f]{1,200}\|[A-Z][0-9]{6,10}\|[1-9][0-9]{0,5}\|[0-9]{4}-[0-9]{2}-[0-9]{2}\|[A-Za-z0-9_-]{11}\|[A-Za-z0-9_-]{86}$/u;
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;
const PARTS = ["number", "code", "count", "day"];

function bytes(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

function text(raw) {
  return btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export async function checked(line, keys) {
  if (!SHAPE.test(line)) return null;
  const [, number, code, count, day, name, signature] = line.split("|");
  if (!Object.hasOwn(keys, name)) return null;
  const raw = bytes(signature);
  const s = raw.slice(32).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  if (text(raw) !== signature || s > HALF_ORDER) return null;
  const kind = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(keys[name]), kind, false, ["verify"]);
  const said = new TextEncoder().encode(line.slice(0, line.lastIndexOf("|")));
  return (await crypto.subtle.verify(kind, key, raw, said)) ? { number, code, count, day } : null;
}

export function start(part) {
  const keys = JSON.parse(part.querySelector("#signing-keys").textContent);
  const form = part.querySelector("form");
  const field = form.elements.line;
  const show = (name, shown) => { part.querySelector(`[data-signed-${name}]`).hidden = !shown; };

  async function check() {
    const [, behind] = field.value.split(/#(.*)/s);
    const line = (behind === undefined ? field.value : decodeURIComponent(behind)).trim();
    const found = await checked(line, keys);
    show("true", found);
    show("false", !found);
    show("facts", found);
    for (const name of PARTS) part.querySelector(`[data-signed-part="${name}"]`).textContent = found?.[name] ?? "";
  }

  if (!globalThis.crypto?.subtle) return; // the form then asks the server
  navigator.serviceWorker?.register("/sw.js", { type: "module" }).catch(() => {}); // it keeps this page
  form.addEventListener("submit", (event) => {
    if (!field.value.trim()) return;
    event.preventDefault();
    check();
  });
  if (location.hash.length > 1) {
    field.value = decodeURIComponent(location.hash.slice(1));
    check();
  }
}
