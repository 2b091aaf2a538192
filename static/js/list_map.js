// A row that is looked at lights its pins, and a pin that is looked at lights its rows. Links do the same without this.
const rows = [...document.querySelectorAll("[data-pins]")];

function pinsOf(row) {
  return row.dataset.pins.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
}

function light(row, on) {
  for (const pin of pinsOf(row)) pin.classList.toggle("map-lit", on);
}

for (const row of rows) {
  for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
    row.addEventListener(event, () => light(row, on));
  }
}

for (const pin of new Set(rows.flatMap(pinsOf))) {
  const mine = rows.filter((row) => pinsOf(row).includes(pin));
  for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) {
    pin.addEventListener(event, () => mine.forEach((row) => row.classList.toggle("row--lit", on)));
  }
}
