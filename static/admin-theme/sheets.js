// The bar of an import: asks how far it is, and opens the page anew when it is over.
const place = document.querySelector("[data-progress]");

async function look() {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const now = await answer.json();
    if (now.over) {
      location.reload();
      return;
    }
    if (now.of) {
      const bar = place.querySelector("progress");
      const said = place.querySelector("output");
      bar.max = now.of;
      bar.value = now.done;
      said.textContent = said.dataset.said.replace("%d", now.done).replace("%o", now.of);
    }
  } catch {
    // The next look may find the register again.
  }
  setTimeout(look, 1000);
}

if (place) setTimeout(look, 700);
