// Gives the boxes that find records while typing the name of their field: they come without one. Runs after those
// boxes are made, which waits in the same line.
django.jQuery(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const name = select.labels[0]?.textContent.trim();
    const box = select.nextElementSibling;
    if (!name || !box?.classList.contains("select2")) continue;
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) {
      part.setAttribute("aria-label", name);
    }
  }
});
