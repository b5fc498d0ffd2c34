// What lies on the phone is closed in envelopes: for the server, which alone opens them, or for the user, whose
// key is made of the PIN. The same parts as timpora/inbound/envelope.py.
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const PURPOSE = new TextEncoder().encode("timpora outbox envelope 1");
const ROUNDS = 600000; // OWASP's figure for PBKDF2 with SHA-256
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const utf8 = (text) => new TextEncoder().encode(text);

export function text(bytes) {
  const plain = btoa(Array.from(new Uint8Array(bytes), (each) => String.fromCharCode(each)).join(""));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

async function shared(privateKey, publicKey, point) {
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: publicKey }, privateKey, 256);
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: PURPOSE };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const imported = (point) => crypto.subtle.importKey("raw", point, CURVE, false, []);

// `content` closed for whoever holds the private key of `point`; `name` must be known to open it.
export async function close(content, point, name) {
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const ownPoint = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const key = await shared(own.privateKey, await imported(bytes(point)), ownPoint);
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: utf8(name) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, utf8(JSON.stringify(content))));
  return { key: text(ownPoint), body: text(new Uint8Array([...iv, ...sealed])) };
}

export async function open(envelope, privateKey, name) {
  const [point, body] = [bytes(envelope.key), bytes(envelope.body)];
  const key = await shared(privateKey, await imported(point), point);
  const how = { name: "AES-GCM", iv: body.slice(0, 12), additionalData: utf8(name) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, body.slice(12))));
}

async function lockOf(secret, salt, rounds) {
  const base = await crypto.subtle.importKey("raw", utf8(secret), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// A user's keys: the public point in clear, the private key locked with the PIN or password.
export async function makeKeys(secret) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const [salt, iv] = [random(16), random(12)];
  const lock = await lockOf(secret, salt, ROUNDS);
  const clear = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, lock, clear);
  const point = text(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { point, salt: text(salt), iv: text(iv), locked: text(locked), rounds: ROUNDS };
}

// The private key, usable in memory only; null for a wrong PIN.
export async function unlock(keys, secret) {
  const lock = await lockOf(secret, bytes(keys.salt), keys.rounds);
  try {
    const how = { name: "AES-GCM", iv: bytes(keys.iv) };
    const clear = await crypto.subtle.decrypt(how, lock, bytes(keys.locked));
    return await crypto.subtle.importKey("pkcs8", clear, CURVE, false, ["deriveBits"]);
  } catch {
    return null;
  }
}
