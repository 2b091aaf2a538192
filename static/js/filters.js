// While filters are being chosen, say on the button how many records they would show, and beside each choice how many
// it would leave. The form works without this.
const form = document.getElementById("filters");
const button = document.getElementById("show");
const said = document.getElementById("filters-count");
const none = (0).toLocaleString(document.documentElement.lang);
let asking;

function number(page, input) {
  const same = page.querySelector(`#filters input[name="${input.name}"][value="${CSS.escape(input.value)}"]`);
  return same?.closest(".facet").querySelector("[data-count]")?.textContent;
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  try {
    const answer = await fetch(`?${query}`, { signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const words = page.getElementById("show")?.textContent ?? button.textContent;
    said.value = button.textContent = words;
    for (const count of form.querySelectorAll("[data-count]")) {
      // A choice that the answer does not name would find nothing.
      count.textContent = number(page, count.closest(".facet").querySelector("input")) ?? none;
    }
  } catch (error) {
    if (error.name !== "AbortError") said.value = "";
  }
}

if (form && button) {
  form.addEventListener("change", ask);
}
