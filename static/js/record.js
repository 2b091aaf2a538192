// The print button, which needs a script, and a menu of downloads that closes when the reader turns away from it.
const print = document.getElementById("print");
const downloads = document.querySelector(".downloads");

if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !downloads?.open) return;
  downloads.open = false;
  downloads.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (downloads?.open && !downloads.contains(event.target)) downloads.open = false;
});
