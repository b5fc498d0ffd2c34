// Shows a hidden "Print" button where the browser can print by script, and prints.
export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
