// The phone's own database. people: who prepared it, with their locked keys; pockets: each one's village, closed;
// items: what waits, closed; receipts: numbers of what was accepted, without a word about anybody.
const STORES = { people: "user", pockets: "user", items: "number", receipts: "number" };
let opening;

function database() {
  opening ??= new Promise((done, failed) => {
    const request = indexedDB.open("timpora", 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => {
      // A newer version of this page, in another tab, must not wait for this one.
      request.result.onversionchange = () => { request.result.close(); opening = undefined; };
      done(request.result);
    };
    request.onerror = () => { opening = undefined; failed(request.error); };
  });
  return opening;
}

async function run(names, mode, work) {
  const transaction = (await database()).transaction(names, mode, { durability: "strict" });
  const finished = new Promise((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = transaction.onerror = () => failed(transaction.error ?? new Error("aborted"));
  });
  const request = work(transaction);
  await finished;
  return request?.result;
}

export const all = (name) => run([name], "readonly", (transaction) => transaction.objectStore(name).getAll());
export const get = (name, key) => run([name], "readonly", (transaction) => transaction.objectStore(name).get(key));
export const put = (name, row) => run([name], "readwrite", (transaction) => transaction.objectStore(name).put(row));
export const drop = (name, key) =>
  run([name], "readwrite", (transaction) => transaction.objectStore(name).delete(key));

// Puts the changes into the row as it stands now; nothing where it is gone.
export function change(name, key, changes) {
  return run([name], "readwrite", (transaction) => {
    const store = transaction.objectStore(name);
    const request = store.get(key);
    request.onsuccess = () => { if (request.result) store.put({ ...request.result, ...changes }); };
  });
}

// An accepted item leaves its receipt, in one step: nothing is lost or doubled between the two.
export function accept(item, receipt) {
  return run(["items", "receipts"], "readwrite", (transaction) => {
    transaction.objectStore("items").delete(item.number);
    transaction.objectStore("receipts").put(receipt);
  });
}

// Everything of one user goes; with `keepItems` what waits stays to be sent: without the user's key, which goes,
// only the server can read it.
export function wipe(user, { keepItems = false } = {}) {
  const names = Object.keys(STORES).filter((name) => !keepItems || ["people", "pockets"].includes(name));
  return run(names, "readwrite", (transaction) => {
    for (const name of names) {
      const request = transaction.objectStore(name).openCursor();
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor) return;
        if (cursor.value.user === user) cursor.delete();
        cursor.continue();
      };
    }
  });
}
