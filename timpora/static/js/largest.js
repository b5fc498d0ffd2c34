// Says that a file is too large before it is sent. Whoever has no script is told so by the server.
export function start(input) {
  const field = input.closest(".field");
  const fault = document.createElement("p");
  Object.assign(fault, { className: "field-error", id: `${input.id}_large`, hidden: true });
  fault.setAttribute("role", "alert");
  input.before(fault);
  const described = input.getAttribute("aria-describedby") ?? "";
  input.setAttribute("aria-describedby", `${described} ${fault.id}`.trim());
  input.addEventListener("change", () => {
    const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largest));
    if (isTooLarge) input.value = "";
    fault.textContent = isTooLarge ? input.dataset.tooLarge : "";
    fault.hidden = !isTooLarge;
    field.classList.toggle("field--wrong", isTooLarge);
    input.toggleAttribute("aria-invalid", isTooLarge);
  });
}
