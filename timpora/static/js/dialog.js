// A button with data-opens="id" opens that <dialog>; without it the button's own link or form does the work.
export function start(button) {
  const dialog = document.getElementById(button.dataset.opens);
  if (!dialog?.showModal) return;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
}
