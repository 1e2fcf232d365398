// @ts-check
/**
 * `<turf-map>`: doors coloured by walk on the campaign's own map, one walk's line along the streets.
 *
 * Attributes: data-maplibre (the module), data-style (style.json), data-doors (GeoJSON points, or
 * MultiPoints of doors that have the same to say, with `walk`, `stop`, `label`, `number` where another
 * word than `walk` stands on the walk, and `kind` where coloured by what came of them; of a large cut each
 * walk once, as `walks`), data-tiles (address with `{zoom}`, `{column}`, `{row}`: the doors of a large cut
 * there, asked for once the map shows no more of them than can be drawn), data-route
 * (address with `{walk}`: GeoJSON of the line and the doors in order), data-list (ids of the list beside
 * it and of others with the same walks, whose links carry `data-walk`), data-walk (selected at the
 * start), data-colour-by ("walk" or "kind"), data-refresh (seconds between looks for new doors, none
 * while the page is hidden). Sentences come from the page, translated.
 *
 * The list says and does the same without this file. Selecting fires `walk-selected` with
 * `detail.walk`; pressing a door fires `door-pressed` with its properties first, which may be prevented. With the map in focus, Page Down and Page Up go to the next and the previous walk.
 */
import { DoorsByTile, doorsAbout, tilesIn } from "./map/by_tile.js";
import { KIND_LOOKS, NO_WALK, colourWalks } from "./map/palette.js";
import { boxRound, middles, nextWalk, oneByOne, say, spread } from "./map/shapes.js";
import { turnTo } from "./map/turn_page.js";

/** @typedef {import("./map/shapes.js").Door} Door */
/** @typedef {{type: "FeatureCollection", features: any[]}} Features */

const NOTHING = /** @type {Features} */ ({ type: "FeatureCollection", features: [] });
const TEXT = ["sans-serif"];
const AMBER = "#f2a33a";
const INK = "#1b2422";

/** @param {string} url @returns {Promise<Response>} */
async function fetchGood(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

/** @param {string} url @returns {Promise<any>} */
async function fetchJson(url) {
  return (await fetchGood(url)).json();
}

/** The box behind a walk's number, stretched to its text. @param {string} colour */
function numberBox(colour) {
  const size = 32;
  const canvas = new OffscreenCanvas(size, size);
  const draw = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  draw.fillStyle = "#fffdf8";
  draw.roundRect(0, 0, size, size, 9);
  draw.fill();
  draw.beginPath();
  draw.fillStyle = colour;
  draw.roundRect(3, 3, size - 6, size - 6, 7);
  draw.fill();
  return draw.getImageData(0, 0, size, size);
}

class TurfMap extends HTMLElement {
  /** @type {any} */ #map = null;
  /** @type {Door[]} */ #doors = [];
  /** @type {import("./map/shapes.js").WalkMiddle[]} */ #walks = [];
  /** @type {number | null} */ #selected = null;
  /** @type {Map<number, number>} what stands on a walk, where it is not its own name */ #called = new Map();
  /** @type {string | null} the mark of the doors that are shown */ #mark = null;
  #looking = false;
  /** @type {DoorsByTile | null} the doors of a large cut, by what is shown */ #byTile = null;
  /** @type {Map<number, string>} */ #colours = new Map();
  #mostShown = Infinity;
  #view = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */ #timer;

  connectedCallback() {
    for (const list of this.#lists()) list.addEventListener("click", this.#listClicked);
    document.addEventListener("htmx:after:swap", this.#listDrawnAnew);
    this.#start().catch((error) => this.#failed(error));
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    for (const list of this.#lists()) list.removeEventListener("click", this.#listClicked);
    document.removeEventListener("htmx:after:swap", this.#listDrawnAnew);
    this.#map?.remove();
  }

  /** @returns {Door[]} the doors that are shown by now */
  get doors() {
    return this.#doors;
  }

  /** The map itself, once it is drawn, for a page that draws on it. */
  get map() {
    return this.#map;
  }

  /** The selected walk's number. */
  get walk() {
    return this.#selected;
  }

  #lists() {
    const ids = (this.dataset.list ?? "").split(" ").filter(Boolean);
    return ids.map((id) => document.getElementById(id)).filter((list) => list !== null);
  }

  async #start() {
    const [maplibre, doors] = await Promise.all([
      import(this.dataset.maplibre ?? ""),
      this.dataset.doors ? fetchGood(this.dataset.doors) : null,
    ]);
    this.#mark = doors?.headers.get("ETag") ?? null;
    this.#take(doors ? await doors.json() : NOTHING);
    const holder = document.createElement("div");
    holder.className = "map-canvas";
    this.prepend(holder);
    const box = boxRound(this.#byTile ? this.#walks.map(({ at }) => at) : this.#doors.map((door) => door.geometry.coordinates));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = new maplibre.Map({
      container: holder,
      style: this.dataset.style,
      ...(box ? { bounds: box, fitBoundsOptions: { padding: 48, maxZoom: 16.5 } } : {}),
      attributionControl: { compact: false },
      fadeDuration: calm ? 0 : 200,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 19,
    });
    this.#map = map;
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
    map.getCanvas().setAttribute("aria-label", this.dataset.label ?? "");
    map.getCanvas().addEventListener("keydown", this.#key);
    map.on("error", (/** @type {any} */ event) => {
      if (!map.isStyleLoaded() && !map.getSource("doors")) this.#failed(event.error);
    });
    await new Promise((done) => map.once("load", done));
    this.#layers();
    for (const layer of ["doors", "walk-spots", "walk-numbers"]) {
      map.on("click", layer, (/** @type {any} */ event) => {
        const pressed = event.features?.[0]?.properties ?? {};
        const go = this.dispatchEvent(new CustomEvent("door-pressed", { bubbles: true, cancelable: true, detail: pressed }));
        if (go && typeof pressed.walk === "number") this.select(pressed.walk);
      });
      map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
      map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
    }
    if (this.#byTile) map.on("moveend", () => void this.#showDoors());
    // A row may have been pressed while the map was on its way.
    const start = this.#selected ?? Number.parseInt(this.dataset.walk ?? "", 10);
    if (!Number.isNaN(start)) await this.select(start, matchMedia("(max-width: 800px)").matches);
    if (this.#byTile) await this.#showDoors();
    const seconds = Number.parseFloat(this.dataset.refresh ?? "");
    if (seconds > 0) this.#timer = setInterval(() => void this.#refresh(), seconds * 1000);
    this.dataset.ready = "yes";
  }

  /** Of a large cut: each walk once. @param {any} collection */
  #takeWalks(collection) {
    const address = this.dataset.tiles ?? "";
    this.#byTile ??= new DoorsByTile((tile) => fetchJson(say(decodeURI(address), tile)));
    this.#walks = collection.walks.map((/** @type {[number, number, number, number]} */ [walk, doors, lon, lat]) => ({ walk, doors, at: [lon, lat] }));
    this.#colours = colourWalks(this.#walks);
    this.#mostShown = collection.most;
  }

  /** The doors of what the map shows, once they are few enough; each walk as one spot until then. */
  async #showDoors() {
    if (!this.#byTile) return;
    const view = ++this.#view;
    const round = this.#map.getBounds();
    /** @type {import("./map/shapes.js").Box} */
    const box = [[round.getWest(), round.getSouth()], [round.getEast(), round.getNorth()]];
    const few = doorsAbout(this.#walks, box) <= this.#mostShown;
    const doors = few ? await this.#byTile.in(tilesIn(box, this.#map.getZoom())).catch(() => null) : [];
    if (view !== this.#view || doors === null) return; // the map went on; or the next look may work
    for (const { properties } of doors) properties.colour = this.#colours.get(properties.walk ?? -1) ?? NO_WALK;
    this.#doors = doors;
    this.#map.getSource("doors").setData({ ...NOTHING, features: doors });
    this.#map.setLayoutProperty("walk-spots", "visibility", few ? "none" : "visible");
    this.dataset.doorsShown = String(doors.length);
  }

  /** @param {any} collection */
  #take(collection) {
    if (collection.walks) return this.#takeWalks(collection);
    const byKind = this.dataset.colourBy === "kind";
    this.#doors = oneByOne(collection.features);
    this.#walks = middles(this.#doors);
    this.#called.clear();
    const colours = byKind ? null : colourWalks(this.#walks);
    for (const { properties } of collection.features) {
      if (properties.number !== undefined) this.#called.set(properties.walk, properties.number);
      const look = KIND_LOOKS[properties.kind ?? ""];
      properties.colour = colours ? (colours.get(properties.walk ?? -1) ?? NO_WALK) : (look?.colour ?? NO_WALK);
      if (byKind) properties.ring = look?.ring ?? INK;
    }
    if (byKind) this.#doors = spread(this.#doors);
  }

  #layers() {
    const map = this.#map;
    const numbers = { type: "FeatureCollection", features: this.#numbers() };
    map.addSource("route", { type: "geojson", data: NOTHING });
    map.addSource("doors", { type: "geojson", data: { ...NOTHING, features: this.#doors } });
    map.addSource("numbers", { type: "geojson", data: numbers });
    map.addImage("number", numberBox(INK), { content: [7, 5, 25, 27], stretchX: [[12, 20]], stretchY: [[12, 20]], pixelRatio: 1 });
    map.addImage("number-selected", numberBox("#b45309"), { content: [7, 5, 25, 27], stretchX: [[12, 20]], stretchY: [[12, 20]], pixelRatio: 1 });
    map.addLayer({ id: "doors", type: "circle", source: "doors", paint: {
      "circle-color": ["get", "colour"],
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 2, 15, 4, 17, 6.5],
      "circle-stroke-color": ["coalesce", ["get", "ring"], "#fffdf8"],
      "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 13, ["case", ["has", "ring"], 1, 0.5], 16, 1.5],
    } });
    const spots = this.#byTile ? this.#walks.map(({ walk, at, doors }) => ({
      type: "Feature", geometry: { type: "Point", coordinates: at }, properties: { walk, doors, colour: this.#colours.get(walk) ?? NO_WALK },
    })) : [];
    map.addSource("walk-spots", { type: "geojson", data: { ...NOTHING, features: spots } });
    map.addLayer({ id: "walk-spots", type: "circle", source: "walk-spots", paint: {
      "circle-color": ["get", "colour"],
      "circle-opacity": 0.75,
      "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 10, ["max", 2, ["*", 0.2, ["sqrt", ["get", "doors"]]]], 16, ["max", 4, ["*", 4, ["sqrt", ["get", "doors"]]]]],
      "circle-stroke-color": "#fffdf8",
      "circle-stroke-width": 0.5,
    } });
    const line = ["==", ["geometry-type"], "LineString"];
    map.addLayer({ id: "route-edge", type: "line", source: "route", filter: line, layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#fffdf8", "line-width": 7, "line-opacity": 0.9 } });
    map.addLayer({ id: "route", type: "line", source: "route", filter: line, layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": INK, "line-width": 3 } });
    map.addLayer({ id: "stops", type: "circle", source: "route", filter: ["==", ["geometry-type"], "Point"], paint: {
      "circle-color": AMBER,
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 13, 3.5, 15, 6, 17, 10],
      "circle-stroke-color": INK,
      "circle-stroke-width": 1.5,
    } });
    map.addLayer({ id: "stop-numbers", type: "symbol", source: "route", minzoom: 15.5, filter: ["all", ["==", ["geometry-type"], "Point"], ["has", "stop"]], layout: { "text-field": ["to-string", ["get", "stop"]], "text-font": TEXT, "text-size": 11 }, paint: { "text-color": INK } });
    map.addLayer({ id: "walk-numbers", type: "symbol", source: "numbers", layout: {
      "text-field": ["to-string", ["coalesce", ["get", "number"], ["get", "walk"]]],
      "text-font": TEXT,
      "text-size": 15,
      "icon-image": ["case", ["get", "selected"], "number-selected", "number"],
      "icon-text-fit": "both",
      "icon-text-fit-padding": [2, 4, 2, 4],
      "symbol-sort-key": ["case", ["get", "selected"], 0, 1],
    }, paint: { "text-color": "#fffdf8" } });
    if (this.dataset.colourBy === "kind") map.moveLayer("doors", "stops"); // the line must not hide what was heard
  }

  #numbers() {
    return this.#walks.map(({ walk, at }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: at },
      properties: { walk, number: this.#called.get(walk) ?? walk, selected: walk === this.#selected },
    }));
  }

  async #refresh() {
    if (document.hidden || this.#looking || !this.dataset.doors) return;
    this.#looking = true;
    try {
      const answer = await fetchGood(this.dataset.doors);
      const mark = answer.headers.get("ETag");
      if (mark !== null && mark === this.#mark) return;
      this.#take(await answer.json());
      this.#mark = mark;
      this.#map.getSource("doors")?.setData({ ...NOTHING, features: this.#doors });
      this.#map.getSource("numbers")?.setData({ ...NOTHING, features: this.#numbers() });
    } catch {
      // The next look may work; what is shown stays.
    } finally {
      this.#looking = false;
    }
  }

  /** Doors shown now of each kind, as on the legend. */
  get kinds() {
    /** @type {Record<string, number>} */
    const counted = {};
    for (const { properties } of this.#doors) counted[properties.kind ?? ""] = (counted[properties.kind ?? ""] ?? 0) + 1;
    return counted;
  }

  /**
   * The selected walk's rows say so; the first of the lists is scrolled to its row.
   *
   * @param {boolean} scroll
   * @param {boolean} [turn] a list in pages shows the page of that walk
   */
  #markRows(scroll, turn = true) {
    let found = false;
    for (const [place, list] of this.#lists().entries())
      for (const link of list.querySelectorAll("[data-walk]")) {
        const here = link.getAttribute("data-walk") === String(this.#selected);
        if (here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        if (here && scroll && place === 0) link.scrollIntoView({ block: "nearest" });
        found ||= here;
      }
    const list = this.#lists().find((each) => each.hasAttribute("data-pages"));
    if (list && !found && turn) void turnTo(list, this.#selected ?? 0).then((turned) => turned && this.#markRows(scroll, false), () => {});
  }

  #listDrawnAnew = () => {
    if (this.#selected !== null) this.#markRows(false);
  };

  /**
   * Show one walk: its line, its doors in order, its row in the list.
   *
   * @param {number} walk
   * @param {boolean} [startedHere] the page begins with it: it stays at its top
   */
  async select(walk, startedHere = false) {
    this.#selected = walk;
    this.#map?.getSource("numbers")?.setData({ ...NOTHING, features: this.#numbers() });
    this.#markRows(!startedHere);
    this.dispatchEvent(new CustomEvent("walk-selected", { bubbles: true, detail: { walk } }));
    const address = this.dataset.route?.replace(/%7Bwalk%7D|\{walk\}/, String(walk));
    const own = this.#doors.filter((door) => door.properties.walk === walk);
    const route = address ? await fetchJson(address).catch(() => null) : null;
    const line = this.#map?.getSource("route");
    if (this.#selected !== walk || !line) return;
    line.setData(route ?? { ...NOTHING, features: own });
    const stops = this.#byTile ? (route?.features ?? []).filter((/** @type {any} */ one) => one.geometry.type === "Point") : own;
    const box = boxRound(stops.map((/** @type {Door} */ door) => door.geometry.coordinates));
    if (box) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.#map.fitBounds(box, { padding: { top: 48, bottom: 96, left: 48, right: 64 }, maxZoom: 17, duration: calm ? 0 : 500 });
    }
    const said = this.querySelector(".map-said");
    const sentence = said?.querySelector("[data-sentence]");
    if (said instanceof HTMLElement && sentence instanceof HTMLElement) {
      sentence.textContent = say(sentence.dataset.sentence ?? "", { walk: this.#called.get(walk) ?? walk, doors: stops.length });
      said.hidden = false;
    }
  }

  /** @param {Event} event */
  #listClicked = (event) => {
    const link = /** @type {Element} */ (event.target).closest("[data-walk]");
    const click = /** @type {MouseEvent} */ (event);
    if (!link || click.metaKey || click.ctrlKey || click.shiftKey || !this.#map) return;
    event.preventDefault();
    if (link instanceof HTMLAnchorElement) {
      history.replaceState(null, "", link.href);
      if (link.hash && this.closest(link.hash)) this.scrollIntoView({ block: "nearest" });
    }
    void this.select(Number.parseInt(link.getAttribute("data-walk") ?? "", 10));
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.key !== "PageDown" && event.key !== "PageUp") return;
    event.preventDefault();
    const numbers = this.#walks.map(({ walk }) => walk);
    const next = nextWalk(numbers, this.#selected, event.key === "PageDown" ? 1 : -1);
    if (next !== null) void this.select(next);
  };

  /** @param {unknown} error */
  #failed(error) {
    const words = this.querySelector(".map-fail");
    if (words instanceof HTMLElement) words.hidden = false;
    this.dataset.ready = "failed";
    console.info("turf-map:", error instanceof Error ? error.message : error);
  }
}

customElements.define("turf-map", TurfMap);
