// Counts the seconds in which one tap undoes; stands still while the pointer or the focus rests on it.
// Afterwards the ordinary way remains, so nothing is lost when the time is over.
export function start(notice) {
  const bar = notice.querySelector("progress");
  const words = notice.querySelector("[data-undo-left]");
  let left = Number(notice.dataset.undo);
  const timer = setInterval(() => {
    if (!notice.isConnected) return clearInterval(timer);
    if (notice.matches(":hover, :focus-within")) return;
    left -= 1;
    if (bar) bar.value = left;
    if (words) words.textContent = left;
    if (left > 0) return;
    clearInterval(timer);
    notice.querySelector("form")?.remove();
    bar?.remove();
  }, 1000);
}
