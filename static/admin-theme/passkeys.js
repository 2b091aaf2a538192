/* Says on the page what the library for passkeys would say to the console alone. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.querySelector("[data-passkey-problem]");
  const fit = window.isSecureContext && "credentials" in navigator && !/^[\d.]+$|:/.test(window.location.hostname);
  note.textContent = fit ? note.dataset.failed : note.dataset.unfit;
  note.setAttribute("role", "alert");
  note.hidden = false;
});
