// Says in words when a passkey could not be used, and hides its button where the browser knows none.
const fault = document.querySelector("[data-passkey-fault]");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (fault) fault.hidden = false;
});
if (!window.PublicKeyCredential) {
  for (const part of document.querySelectorAll(".needs-script")) part.hidden = true;
}
