// Shows a hidden "Copy" button where the browser can copy, and says so when it did. The text itself can be selected.
export function start(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    const said = document.querySelector("[data-copied]");
    if (said) said.hidden = false;
  });
}
