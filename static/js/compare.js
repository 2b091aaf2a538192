// Says how many records are chosen for comparing, and why a fifth is not. The form works without this.
const form = document.getElementById("compare");
const said = document.getElementById("chosen");
const boxes = [...document.querySelectorAll('input[form="compare"]')];

function tell(event) {
  const chosen = boxes.filter((box) => box.checked);
  if (chosen.length > Number(form.dataset.most)) {
    event.target.checked = false;
    said.value = form.dataset.tooMany;
    return;
  }
  said.value = chosen.map((box) => box.closest("li").querySelector("h3").textContent.trim()).join(" · ");
}

for (const box of boxes) box.addEventListener("change", tell);
