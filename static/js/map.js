// The large map. The server says what stands where for each piece of it; this draws and moves. L is Leaflet.
const frame = document.querySelector(".large-map-frame");
const { query, least, most, bounds, countries, sea, words } = JSON.parse(document.getElementById("map-script").textContent);
const canvas = frame.querySelector(".large-map-canvas");
const panel = frame.querySelector(".large-map-panel");
const said = frame.querySelector(".large-map-said");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const STAR = "M23 12l-4 4v6h-6l-4 4-4-4h-6v-6l-4-4 4-4v-6h6l4-4 4 4h6v6z";
const put = (words, values) => words.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

frame.hidden = false;
document.querySelector(".large-map-drawn .map-frame").hidden = true;
const map = L.map(canvas, {
  attributionControl: false, zoomControl: false, minZoom: least, maxZoom: most, zoomSnap: .5, maxBounds: [[-60, -180], [84, 180]],
  zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm, worldCopyJump: false,
  scrollWheelZoom: false, keyboard: false,
});
L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
canvas.tabIndex = 0;
canvas.setAttribute("role", "group");
canvas.setAttribute("aria-label", words.map);

// --- the base: one file for every scale, painted by the style sheet ---

function name(place, at, kind) {
  const icon = L.divIcon({ className: `large-name ${kind}`, html: Object.assign(document.createElement("span"), { textContent: place }), iconSize: null });
  L.marker(at, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(map);
}

async function draw() {
  map.createPane("names").ariaHidden = "true";
  const answer = await fetch(frame.dataset.land);
  const { features } = await answer.json();
  const layer = (feature, className) => L.geoJSON(feature, { interactive: false, style: { className } }).addTo(map);
  const [land, boundaries] = features;
  layer(land, "large-water large-water--mid");
  layer(land, "large-water large-water--shallow");
  layer(land, "large-land");
  layer(boundaries, "large-boundary");
  for (const [country, east, north, littoral] of countries) name(country, [north, east], littoral ? "" : "large-name--beyond");
  name(sea[0], [sea[2], sea[1]], "large-name--sea");
  makeRoom();
}

// A name of a country is shown where all of it fits, and no other stands there already.
function makeRoom() {
  const frame = canvas.getBoundingClientRect();
  const taken = [];
  for (const name of canvas.querySelectorAll(".large-name")) {
    const at = name.getBoundingClientRect();
    const fits = at.left > frame.left && at.right < frame.right && at.top > frame.top && at.bottom < frame.bottom;
    const free = !taken.some((one) => at.left < one.right && at.right > one.left && at.top < one.bottom && at.bottom > one.top);
    name.classList.toggle("large-name--out", !fits || !free);
    if (fits && free) taken.push(at);
  }
}

// --- pins: buttons with names ---

const pins = L.layerGroup().addTo(map);
let asking;

function key(feature) {
  return feature.properties.place || feature.properties.box;
}

function label({ name, records, is_cluster: isCluster }) {
  if (isCluster) return put(words.cluster, { records });
  return put(words.place, { name: name || words.several, records });
}

function pin(feature) {
  const { count, name, language, is_cluster: isCluster, is_approximate: isApproximate } = feature.properties;
  const size = isCluster ? 42 : count > 1 ? 36 : 28;
  const drawn = document.createElement("span");
  drawn.className = "pin-drawn";
  drawn.innerHTML = `<svg viewBox="-4 -3 30 30" aria-hidden="true" focusable="false"><path class="pin-star" d="${STAR}"/></svg>`;
  const parts = [...drawn.childNodes];
  if (count > 1) parts.push(Object.assign(document.createElement("span"), { className: "pin-number", textContent: count.toLocaleString(document.documentElement.lang) }));
  if (name) parts.push(Object.assign(document.createElement("bdi"), { className: "pin-name", textContent: name, lang: language }));
  const kind = isCluster ? "pin--cluster" : isApproximate ? "pin--approximate" : "";
  const icon = L.divIcon({ className: `pin ${kind}`, iconSize: [size, size], html: "" });
  const [east, north] = feature.geometry.coordinates;
  const marker = L.marker([north, east], { icon, keyboard: true, autoPanOnFocus: true });
  marker.on("add", () => {
    const element = marker.getElement();
    element.replaceChildren(...parts);
    element.setAttribute("aria-label", label(feature.properties));
    element.dataset.key = key(feature);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(feature, element);
    });
  });
  marker.on("click", () => choose(feature, marker.getElement()));
  return marker;
}

function view() {
  const bounds = map.getBounds();
  const limit = (degrees, most) => Math.max(-most, Math.min(most, degrees)).toFixed(5);
  return [limit(bounds.getWest(), 180), limit(bounds.getSouth(), 90), limit(bounds.getEast(), 180), limit(bounds.getNorth(), 90)].join(",");
}

async function read() {
  asking?.abort();
  asking = new AbortController();
  try {
    const asked = `${frame.dataset.pins}?${query}&view=${view()}&zoom=${Math.round(map.getZoom())}`;
    const answer = await fetch(asked, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    show((await answer.json()).features);
    said.textContent = "";
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = words.failed;
  }
}

function show(features) {
  const focused = canvas.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  pins.clearLayers();
  for (const feature of features) pins.addLayer(pin(feature));
  makeRoom();
  canvas.dataset.ready = map.getZoom();
  if (focused === undefined) return;
  // Whoever came here by the keyboard stays among the pins, or at the map.
  const same = [...canvas.querySelectorAll(".pin")].find((element) => element.dataset.key === focused);
  (same ?? canvas).focus({ preventScroll: true });
}

// --- what is chosen: a cluster comes closer, a place opens the panel ---

let opener;

function choose(feature, element) {
  const { box, is_cluster: isCluster } = feature.properties;
  const [west, south, east, north] = box.split(",").map(Number);
  if (isCluster && map.getZoom() < most) {
    const bounds = L.latLngBounds([south, west], [north, east]);
    const zoom = Math.max(map.getZoom() + 1, Math.min(map.getBoundsZoom(bounds, false, L.point(60, 60)), most));
    map.setView(bounds.getCenter(), zoom, { animate: !calm });
  } else {
    open(feature, element.dataset.key);
  }
}

function element(tag, given = {}, ...children) {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...children);
  return made;
}

async function open(feature, from) {
  opener = from;
  const { name, language, records, place, box } = feature.properties;
  const asked = new URLSearchParams(query);
  asked.set("place", place);
  asked.set("box", box);
  try {
    const answer = await fetch(`${frame.dataset.place}?${asked}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const { groups } = await answer.json();
    const button = element("button", { type: "button", className: "button button--quiet button--small", textContent: words.close });
    button.addEventListener("click", close);
    const title = element("h3", { id: "map-place", textContent: name || words.several, lang: language || document.documentElement.lang });
    const sections = groups.map((group) => element("section", {},
      element("h4", { textContent: group.label }),
      element("ul", {}, ...group.records.map((record) => element("li", {},
        element("a", { href: record.url, textContent: record.title, lang: record.language })))),
      element("p", {}, element("a", { href: group.url, textContent: group.all }))));
    panel.replaceChildren(element("div", { className: "panel-head" }, title, button), element("p", { className: "muted", textContent: records }), ...sections);
    panel.setAttribute("aria-labelledby", "map-place");
    panel.hidden = false;
    map.invalidateSize({ animate: false });
    panel.focus({ preventScroll: true });
    said.textContent = "";
  } catch {
    said.textContent = words.failed;
  }
}

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  map.invalidateSize({ animate: false });
  const back = [...canvas.querySelectorAll(".pin")].find((pin) => pin.dataset.key === opener);
  (back ?? canvas).focus({ preventScroll: true });
}

// --- the keyboard: the same keys at the map and at its pins ---

const STEP = 90; // pixels
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

canvas.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (MOVES[event.key]) map.panBy(MOVES[event.key], { animate: !calm });
  else if (event.key === "+" || event.key === "=") map.zoomIn(1, { animate: !calm });
  else if (event.key === "-" || event.key === "_") map.zoomOut(1, { animate: !calm });
  else return;
  event.preventDefault();
});
frame.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

// --- begin where the server says ---

async function begin() {
  map.fitBounds(bounds, { animate: false, padding: [24, 24], maxZoom: 8 });
  draw().catch(() => { said.textContent = words.failed; });
  await read();
  map.on("moveend", read);
}
begin();
