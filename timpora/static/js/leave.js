// Whoever signs out leaves nothing readable on the phone; what waits stays sealed, and is sent at their next
// sign-in.
import { wipe } from "./pocket/store.js";

export function start(form) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.left) return;
    event.preventDefault();
    const known = (await indexedDB.databases?.()) ?? [{ name: "timpora" }];
    if (known.some((each) => each.name === "timpora")) {
      await wipe(Number(form.dataset.leave), { keepItems: true }).catch(() => {});
    }
    form.dataset.left = "1";
    form.submit();
  });
}
