// While filters are being chosen, say how many records they would show. The form works without this.
const form = document.getElementById("filters");
const said = document.getElementById("filters-count");
let asking;

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const query = new URLSearchParams(new FormData(form));
    const answer = await fetch(`?${query}`, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    said.value = page.getElementById("count")?.textContent ?? "";
  } catch (error) {
    if (error.name !== "AbortError") said.value = "";
  }
}

form.addEventListener("change", (event) => {
  if (event.target.type === "checkbox") ask();
});
