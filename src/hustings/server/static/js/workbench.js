// @ts-check
/**
 * The workbench's map: a tap chooses a door of the walk that is shown, a tap on a door of another walk asks what moving
 * there does, and a door that is dragged there is moved when it is let go; corners of an area are tapped.
 *
 * All of it goes through the form beside the map, which does the same without this file.
 */
import { boxRound } from "./map/shapes.js";
import { chosenFilter, cornersAsText, cornersOf, mayLetGo, targetOf } from "./map/workbench_shapes.js";

/** @typedef {{walk?: number, door?: number}} Pressed */

const CHOSEN = "#1d4ed8";
const PAPER = "#fffdf8";
const PREVIEW_AFTER_MS = 250;

const page = document.querySelector(".workbench");
const turfMap = /** @type {(HTMLElement & {map: any, doors: import("./map.js").Door[]}) | null} */ (document.querySelector("turf-map"));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("move"));
const corners = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("corners"));
const draw = document.getElementById("draw");
const shown = form ? Number(new FormData(form).get("walk")) : null;
let drawing = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

const boxes = () => /** @type {HTMLInputElement[]} */ ([...(form?.querySelectorAll("input[name=door][type=checkbox]") ?? [])]);
const chosen = () => boxes().filter((box) => box.checked).map((box) => Number(box.value));

const asked = () => /** @type {HTMLInputElement | null} */ (form?.querySelector("input[name=asked]") ?? null);

/**
 * Ask what the form would do, once nobody has changed it for a moment.
 *
 * What is shown is of another choice by now, and goes; each choice has a number, which its answer says too.
 */
function preview() {
  clearTimeout(waiting);
  const choice = asked();
  if (choice) choice.value = String(Number(choice.value) + 1);
  document.getElementById("preview")?.replaceChildren();
  const to = /** @type {HTMLSelectElement | null} */ (document.getElementById("to"));
  const area = /** @type {HTMLSelectElement | null} */ (document.getElementById("area"));
  const number = /** @type {HTMLInputElement | null} */ (document.getElementById("to-number"));
  if (!(to?.value || number?.value) || (chosen().length === 0 && !area?.value)) return;
  waiting = setTimeout(() => document.getElementById("show")?.click(), PREVIEW_AFTER_MS);
}

function showChosen() {
  const map = turfMap?.map;
  if (map?.getLayer("chosen")) map.setFilter("chosen", chosenFilter(chosen()));
}

/** @param {number} walk @returns {boolean} whether doors can go there */
function goTo(walk) {
  const to = /** @type {HTMLSelectElement | null} */ (document.getElementById("to"));
  let option = to && [...to.options].find((each) => each.value === String(walk));
  if (to && !option && document.getElementById("to-number")) { // of a large cut the list has only the nearest
    option = new Option(String(walk), String(walk));
    to.add(option);
  }
  if (!to || !option || option.disabled) return false;
  if (to.value !== option.value) {
    to.value = option.value;
    preview();
  }
  return true;
}

/** @param {number} walk */
function open(walk) {
  const address = page?.getAttribute("data-page");
  if (address) location.assign(`${address}?walk=${walk}`);
}

turfMap?.addEventListener("door-pressed", (event) => {
  const { walk, door } = /** @type {CustomEvent<Pressed>} */ (event).detail;
  event.preventDefault();
  if (drawing || walk === undefined) return;
  const target = targetOf(shown, walk, chosen().length);
  if (target === "open") open(walk);
  else if (target === "there") goTo(walk);
  else if (door !== undefined) {
    const box = boxes().find((each) => each.value === String(door));
    if (!box || box.disabled) return;
    box.checked = !box.checked;
    box.closest("details")?.setAttribute("open", "");
    form?.dispatchEvent(new Event("change"));
  }
});

form?.addEventListener("change", () => {
  showChosen();
  preview();
});

/** @param {any} map */
function letDrag(map) {
  /** @type {Pressed | null} */
  let held = null;
  let over = 0;
  map.on("mousedown", "doors", (/** @type {any} */ event) => {
    const pressed = event.features?.[0]?.properties ?? {};
    if (drawing || pressed.walk !== shown || !chosen().includes(pressed.door)) return;
    event.preventDefault(); // the map stays where it is
    held = pressed;
    over = 0;
  });
  map.on("mousemove", (/** @type {any} */ event) => {
    if (!held) return;
    map.getCanvas().style.cursor = "grabbing";
    const found = map.queryRenderedFeatures(event.point, { layers: ["doors"] })[0]?.properties?.walk;
    over = typeof found === "number" && found !== shown && goTo(found) ? found : 0;
  });
  map.on("mouseup", () => {
    const letGo = held !== null && over !== 0;
    held = null;
    map.getCanvas().style.cursor = "";
    // A law that would break is looked at first: then the button is pressed, or not.
    const sizes = document.querySelector("#preview [data-asked]");
    const fits = mayLetGo(asked()?.value ?? "", sizes?.getAttribute("data-asked") ?? undefined, document.querySelector("#preview .note") !== null);
    if (letGo && fits) form?.requestSubmit(/** @type {HTMLElement} */ (form.querySelector(".btn-primary")));
  });
}

/** @param {any} map */
function drawCorners(map) {
  const points = cornersOf(corners?.value ?? "");
  const ring = points.length > 2 ? [...points, points[0]] : points;
  map.getSource("area")?.setData({ type: "FeatureCollection", features: ring.length > 1
    ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring } }]
    : points.map((at) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } })) });
}

/** @param {any} map */
function prepare(map) {
  map.addLayer({ id: "chosen", type: "circle", source: "doors", filter: chosenFilter(chosen()), paint: {
    "circle-color": CHOSEN, "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 4, 15, 7, 17, 11],
    "circle-stroke-color": PAPER, "circle-stroke-width": 2,
  } });
  map.addSource("area", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({ id: "area", type: "line", source: "area", paint: { "line-color": "#b45309", "line-width": 3, "line-dasharray": [2, 1] } });
  map.addLayer({ id: "area-corners", type: "circle", source: "area", paint: { "circle-color": "#b45309", "circle-radius": 5 } });
  letDrag(map);
  if (draw) {
    draw.hidden = false;
    draw.addEventListener("click", () => {
      drawing = !drawing;
      draw.setAttribute("aria-pressed", String(drawing));
    });
  }
  map.on("click", (/** @type {any} */ event) => {
    if (!drawing || !corners) return;
    corners.value = cornersAsText([...cornersOf(corners.value), [event.lngLat.lng, event.lngLat.lat]]);
    drawCorners(map);
  });
  corners?.addEventListener("input", () => drawCorners(map));
  const doors = turfMap?.doors ?? []; // in a large cut none is here yet, and the map shows the whole of it
  const box = boxRound(doors.filter((door) => door.properties.walk === shown).map((door) => door.geometry.coordinates));
  if (box && shown) map.fitBounds(box, { padding: 80, maxZoom: 16.5, duration: 0 });
}

if (turfMap) {
  const ready = () => {
    if (turfMap.dataset.ready === "yes") prepare(turfMap.map);
    return turfMap.dataset.ready !== undefined;
  };
  if (!ready()) {
    const watch = new MutationObserver(() => ready() && watch.disconnect());
    watch.observe(turfMap, { attributes: true, attributeFilter: ["data-ready"] });
  }
}
