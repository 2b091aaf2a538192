// Names the fields that find records: the box of Select2 in front of a select does not know the select's label.
const name = (container) => {
  const select = container.previousElementSibling;
  const label = select?.labels?.[0];
  const box = container.querySelector(".select2-selection");
  if (!box || !label) return;
  label.id ||= `${select.id}-label`;
  const shown = box.querySelector(".select2-selection__rendered");
  if (select.multiple) {
    shown.setAttribute("role", "presentation");
    box.querySelector("input")?.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", label.id);
  } else {
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
    box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  }
};

const look = (root) => root.querySelectorAll?.(".select2-container").forEach(name);

new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) node.matches?.(".select2-container") ? name(node) : look(node);
}).observe(document.body, { childList: true, subtree: true });
look(document);
