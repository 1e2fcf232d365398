// @ts-check
/**
 * `<walk-ground>`: a walk drawn on its ground, with fingers to move it. Loaded when the map is opened.
 *
 * Says `stop-tapped` with the stop's place in the walk. Nothing is fetched: what is drawn is handed in.
 * It is a picture; the list says and does the same.
 *
 * @import { Land, Point } from "../ground.js"
 * @import { Size, View } from "./view.js"
 * @typedef {{ nth: number, number: string, state: "left" | "out" | "back" | "done" }} Sign
 * @typedef {{ land: Land, places: Map<number, Point>, signs: Sign[], next: number | null, chosen: number | null, way: Point[], ownOrder: boolean, label: string, saving: boolean }} Shown
 */
import { fit, namePlace, nearest, onScreen, pinched, roomy, within, zoomed } from "./view.js";

const SVG = "http://www.w3.org/2000/svg";
const REACH_PX = 36;
const TAP_PX = 10;
const EDGE_PX = 44;
/** What the rings round the next and the chosen stop take. */
const RING_PX = 20;
/** Of the picture's width, for the buttons that stand on it. */
const BUTTONS_PX = 56;
/** A walk of few doors is not drawn larger than this. */
const NEAR = 2.6;
const STREET_M = [7, 10, 2];
/** With less power the picture follows the finger this seldom. */
const SELDOM_MS = 120;

/** @param {string} name @param {Record<string, string | number>} facts @param {...(Node | string)} children @returns {SVGElement} */
function draw(name, facts, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [fact, value] of Object.entries(facts)) element.setAttribute(fact, String(value));
  element.append(...children);
  return element;
}

/** @param {number} number */
const short = (number) => Math.round(number * 10) / 10;
/** @param {readonly Point[]} line */
const points = (line) => line.map(([x, y]) => `${short(x)} ${short(y)}`).join("L");

export class WalkGround extends HTMLElement {
  /** @type {Shown | null} */ #shown = null;
  /** @type {View} */ #view = { x: 0, y: 0, scale: 1 };
  /** What the picture was drawn for; while a finger moves it, it is only shifted. @type {View} */ #drawn = { x: 0, y: 0, scale: 1 };
  /** @type {Map<number, Point>} */ #fingers = new Map();
  /** @type {{ at: Point, moved: boolean } | null} */ #tap = null;
  /** @type {{ at: Point, metres: number } | null} */ #here = null;
  #fitted = false;
  #seen = "";
  #frame = 0;
  #last = 0;
  #svg = draw("svg", { role: "img", focusable: "false" });
  #moving = draw("g", {});
  #land = draw("g", {});
  #over = draw("g", {});
  /** @type {ResizeObserver | null} */ #sizes = null;

  connectedCallback() {
    if (!this.#svg.isConnected) {
      this.#moving.append(this.#land, this.#over);
      this.#svg.append(this.#moving);
      this.append(this.#svg);
      this.#svg.addEventListener("pointerdown", this.#down);
      this.#svg.addEventListener("pointermove", this.#move);
      for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) this.#svg.addEventListener(end, this.#up);
      this.#svg.addEventListener("wheel", this.#wheel, { passive: false });
    }
    this.#sizes = new ResizeObserver(() => this.#resized());
    this.#sizes.observe(this);
  }

  disconnectedCallback() {
    this.#sizes?.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /** @returns {Size} */
  get #size() {
    return { width: this.clientWidth || 320, height: this.clientHeight || 320 };
  }

  /** Draw this, where anything of it is new. @param {Shown} shown */
  show(shown) {
    const before = this.#shown;
    const seen = JSON.stringify([shown.signs, shown.next, shown.chosen, shown.ownOrder, shown.saving, shown.label]);
    if (before?.land === shown.land && seen === this.#seen) return;
    this.#seen = seen;
    this.#shown = shown;
    this.#svg.setAttribute("aria-label", shown.label);
    if (before?.land !== shown.land || before.saving !== shown.saving) this.#ground(shown);
    if (!this.#fitted) this.whole();
    else this.#settle();
  }

  /** All of the walk. */
  whole() {
    if (!this.#shown) return;
    this.#view = this.#fit([...this.#shown.places.values()]);
    this.#fitted = true;
    this.#settle();
  }

  /** This stop in the middle, near enough to tell the houses apart. @param {number} nth */
  look(nth) {
    const at = this.#shown?.places.get(nth);
    if (!at) return;
    this.#view = { x: at[0], y: at[1], scale: Math.max(this.#view.scale, NEAR) };
    this.#settle();
  }

  /** This stop inside the picture. @param {number} nth */
  reveal(nth) {
    const at = this.#shown?.places.get(nth);
    if (!at) return;
    this.#view = within(this.#view, this.#size, at, EDGE_PX);
    this.#settle();
  }

  /** @param {number} times */
  zoom(times) {
    const { width, height } = this.#size;
    this.#view = zoomed(this.#view, this.#size, [width / 2, height / 2], times);
    this.#settle();
  }

  /** Where this phone is, for this picture alone; null: nowhere any more. @param {{ at: Point, metres: number } | null} here */
  here(here) {
    this.#here = here;
    if (here && this.#shown) this.#view = this.#fit([here.at, ...this.#nearTo(here.at)]);
    this.#settle();
  }

  /** @param {readonly Point[]} points @returns {View} beside the buttons */
  #fit(points) {
    const { width, height } = this.#size;
    const view = fit(points, { width: width - BUTTONS_PX, height }, EDGE_PX, NEAR);
    const end = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    return { ...view, x: view.x + (end * BUTTONS_PX) / 2 / view.scale };
  }

  /** The next stop, or all of them, to show together with somebody. @param {Point} at @returns {Point[]} */
  #nearTo(at) {
    const shown = this.#shown;
    const next = shown?.next === null || shown?.next === undefined ? undefined : shown.places.get(shown.next);
    return next ? [next, [2 * at[0] - next[0], 2 * at[1] - next[1]]] : [...(shown?.places.values() ?? [])];
  }

  // --- drawing ------------------------------------------------------------------------------------

  /** What never changes while somebody walks, in metres. @param {Shown} shown */
  #ground({ land, saving }) {
    const streets = [0, 1, 2].map((kind) => land.streets.filter((street) => street.kind === kind).map(({ line }) => `M${points(line)}`).join(""));
    /** @param {string} name @param {number} kind @param {number} more */
    const street = (name, kind, more) => draw("path", { class: `${name} kind-${kind}`, d: streets[kind], "stroke-width": STREET_M[kind] + more });
    this.#land.replaceChildren(
      ...(saving ? [] : [draw("path", { class: "ground-house", d: land.houses.map((ring) => `M${points(ring)}Z`).join("") })]),
      street("ground-path", 2, 0),
      ...[0, 1].map((kind) => street("ground-edge", kind, 1.6)),
      ...[0, 1].map((kind) => street("ground-street", kind, 0)));
  }

  /** Draw for the view of now: signs and names are as large as ever, and only where they have room. */
  #settle() {
    const shown = this.#shown;
    if (!shown) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const view = (this.#drawn = this.#view);
    const size = this.#size;
    this.#svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    this.#moving.removeAttribute("transform");
    const { scale } = view;
    this.#land.setAttribute("transform", `translate(${size.width / 2 - view.x * scale} ${size.height / 2 - view.y * scale}) scale(${scale})`);
    /** @param {Point} point */
    const at = (point) => onScreen(view, size, point);
    const places = new Map([...shown.places].map(([nth, point]) => [nth, at(point)]));
    const signs = new Map(shown.signs.map((sign) => [sign.nth, sign]));
    const first = [...new Set([shown.chosen, shown.next])].flatMap((nth) => (nth !== null && places.has(nth) ? [nth] : []));
    /** @param {number} nth */
    const ring = (nth) => (first.includes(nth) ? RING_PX : 0);
    const letters = lettersSize();
    const room = roomy(places, first, (nth) => letters * (Math.max(26, widthOf(signs.get(nth)?.number ?? "")) + ring(nth)), (nth) => letters * (26 + ring(nth)));
    const way = shown.way.map(at);
    const others = [...places.keys()].filter((nth) => !first.includes(nth));
    // What matters most is drawn last, on top of the others.
    const order = [...others.filter((nth) => !room.has(nth)), ...others.filter((nth) => room.has(nth)), ...first.reverse()];
    this.#over.replaceChildren(
      ...(way.length > 1 ? [draw("path", { class: "ground-way-edge", d: `M${points(way)}` }), draw("path", { class: `ground-way${shown.ownOrder ? " is-own" : ""}`, d: `M${points(way)}` })] : []),
      ...this.#names(shown.land, at, size),
      ...order.flatMap((nth) => {
        const [sign, place] = [signs.get(nth), places.get(nth)];
        return sign && place ? [signOf(sign, place, letters, room.has(nth), nth === shown.next, nth === shown.chosen)] : [];
      }),
      ...this.#me(at, scale));
  }

  /** @param {Land} land @param {(point: Point) => Point} at @param {Size} size */
  #names(land, at, size) {
    /** @type {Map<string, Point[][]>} */
    const named = new Map();
    for (const { name, line } of land.streets) if (name) named.set(name, [...(named.get(name) ?? []), line.map(at)]);
    return [...named].flatMap(([name, lines]) => {
      const place = namePlace(lines, size, lettersSize() * Math.max(56, name.length * 7));
      if (!place) return [];
      return [draw("text", { class: "ground-name", "text-anchor": "middle", dy: "0.35em", transform: `translate(${short(place.at[0])} ${short(place.at[1])}) rotate(${short(place.degrees)})` }, name)];
    });
  }

  /** @param {(point: Point) => Point} at @param {number} scale */
  #me(at, scale) {
    if (!this.#here) return [];
    const [cx, cy] = at(this.#here.at);
    return [draw("circle", { class: "ground-near-me", cx, cy, r: Math.max(12, this.#here.metres * scale) }), draw("circle", { class: "ground-me", cx, cy, r: 8 })];
  }

  /** While a finger moves it the picture is shifted as it is; it is drawn anew when the finger is gone. */
  #shift() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0;
      if (this.#shown?.saving && now - this.#last < SELDOM_MS) return;
      this.#last = now;
      const size = this.#size;
      const times = this.#view.scale / this.#drawn.scale;
      const [x, y] = onScreen(this.#view, size, [this.#drawn.x, this.#drawn.y]);
      this.#moving.setAttribute("transform", `translate(${x - (size.width / 2) * times} ${y - (size.height / 2) * times}) scale(${times})`);
    });
  }

  // --- fingers ------------------------------------------------------------------------------------

  /** @param {PointerEvent | WheelEvent} event @returns {Point} */
  #pixel(event) {
    const box = this.#svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** @param {PointerEvent} event */
  #down = (event) => {
    this.#fingers.set(event.pointerId, this.#pixel(event));
    this.#tap = this.#fingers.size === 1 ? { at: this.#pixel(event), moved: false } : null;
    this.#svg.setPointerCapture(event.pointerId);
  };

  /** @param {PointerEvent} event */
  #move = (event) => {
    const before = this.#fingers.get(event.pointerId);
    if (!before) return;
    const now = this.#pixel(event);
    if (this.#tap && Math.hypot(now[0] - this.#tap.at[0], now[1] - this.#tap.at[1]) > TAP_PX) this.#tap.moved = true;
    if (this.#fingers.size === 1 && this.#tap && !this.#tap.moved) return;
    if (this.#fingers.size === 1) {
      const { x, y, scale } = this.#view;
      this.#view = { x: x - (now[0] - before[0]) / scale, y: y - (now[1] - before[1]) / scale, scale };
    } else {
      const [other] = [...this.#fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      this.#view = pinched(this.#view, this.#size, [before, other], [now, other]);
    }
    this.#fingers.set(event.pointerId, now);
    this.#shift();
  };

  /** @param {Event} event */
  #up = (event) => {
    const { pointerId, type } = /** @type {PointerEvent} */ (event);
    if (!this.#fingers.delete(pointerId)) return;
    const tap = this.#tap;
    if (this.#fingers.size) return;
    this.#tap = null;
    if (!tap || tap.moved || type === "pointercancel") return this.#settle();
    const shown = /** @type {Shown} */ (this.#shown);
    const places = new Map([...shown.places].map(([nth, point]) => [nth, onScreen(this.#view, this.#size, point)]));
    const nth = nearest(places, tap.at, REACH_PX);
    if (nth !== null) this.dispatchEvent(new CustomEvent("stop-tapped", { detail: nth }));
  };

  /** @param {Event} event */
  #wheel = (event) => {
    event.preventDefault();
    this.#view = zoomed(this.#view, this.#size, this.#pixel(/** @type {WheelEvent} */ (event)), Math.exp(-(/** @type {WheelEvent} */ (event).deltaY) / 400));
    this.#settle();
  };

  #resized() {
    if (this.#shown) this.#settle();
  }
}

/** How much larger than usual this phone's letters are; signs grow with them. */
const lettersSize = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;

/** @param {string} number */
const widthOf = (number) => 12 + number.length * 9;

/**
 * A stop: its shape says what came of it, its number when the walk comes to it. To do: a round sign.
 * Nobody in: a square. Come back: a diamond. Done: a dark disc with a tick.
 *
 * @param {Sign} sign @param {Point} at @param {number} letters how much larger than usual @param {boolean} roomy @param {boolean} next @param {boolean} chosen
 */
export function signOf({ nth, number, state }, [x, y], letters, roomy, next, chosen) {
  const half = roomy ? Math.max(13, widthOf(number) / 2) : 7;
  const high = roomy ? 13 : 7;
  /** @param {number} more @param {string} name */
  const shape = (more, name) => {
    const [a, b] = [half + more, high + more];
    if (state === "back") return draw("path", { class: name, d: `M0 ${-b - 4}L${a + 4} 0L0 ${b + 4}L${-a - 4} 0Z` });
    return draw("rect", { class: name, x: -a, y: -b, width: 2 * a, height: 2 * b, rx: state === "out" ? 2 : b });
  };
  const tick = state === "done" ? [draw("path", { class: "sign-tick", d: roomy ? `M${half - 2} ${-high - 3}l3 3l6 -7` : "M-3.5 0l2.5 3l4.5 -5.5" })] : [];
  return draw("g", { class: `sign is-${state}${next ? " is-next" : ""}${chosen ? " is-chosen" : ""}`, "data-stop": nth, transform: `translate(${short(x)} ${short(y)}) scale(${letters})` },
    ...(next ? [shape(6, "sign-next")] : []), ...(chosen ? [shape(next ? 11 : 6, "sign-chosen")] : []),
    shape(0, "sign-shape"),
    ...(roomy ? [draw("text", { class: "sign-number", "text-anchor": "middle", dy: "0.35em" }, number)] : []), ...tick);
}

customElements.define("walk-ground", WalkGround);
