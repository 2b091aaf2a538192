// Names, while a title is typed, the records that may be the same.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const PAUSE = 400; // milliseconds
  const place = document.querySelector(".likely[data-url]");
  const title = document.getElementById("id_title");
  if (!place || !title) return;
  title.closest(".form-row")?.append(place);
  const before = title.value;
  let waiting = 0, asked = 0;

  const show = (found) => {
    place.hidden = !found.length;
    place.textContent = found.length ? `${place.dataset.words} ` : "";
    for (const { text, url } of found) {
      const link = document.createElement("a");
      Object.assign(link, { href: url, target: "_blank", textContent: text });
      place.append(link, " ");
    }
  };

  const ask = async () => {
    const mine = ++asked;
    if (title.value === before && place.dataset.code) return show([]);
    const query = new URLSearchParams({ title: title.value, besides: place.dataset.code });
    for (const name of ["regions", "region"])
      for (const option of document.getElementById(`id_${name}`)?.selectedOptions ?? [])
        if (option.value) query.append("region", option.value);
    try {
      const answer = await fetch(`${place.dataset.url}?${query}`, { headers: { Accept: "application/json" } });
      if (mine === asked && answer.ok) show((await answer.json()).found);
    } catch { /* without a connection nothing is named; the register names them when the record is saved */ }
  };

  title.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
});
