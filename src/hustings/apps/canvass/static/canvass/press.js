// @ts-check
/**
 * A click belongs to the button on which the mouse went down: as long as it is down, nothing is drawn anew.
 *
 * Browsers give a click to nobody when the button that was pressed is another one by the time the mouse is up.
 * A finger needs none of this: what it tapped is looked for when it is gone.
 */

/** Whoever holds the mouse down for longer is not clicking. */
const LONGEST_MS = 1000;

export class Press {
  /** Which press this is; 0: none. */
  #down = 0;
  #presses = 0;
  /** @type {Map<unknown, () => void>} */
  #waiting = new Map();

  /** @param {(what: () => void, milliseconds: number) => void} [after] */
  constructor(after = (what, milliseconds) => void setTimeout(what, milliseconds)) {
    this.after = after;
  }

  /** @param {EventTarget} target the window @returns {this} */
  watch(target) {
    target.addEventListener("pointerdown", (event) => /** @type {PointerEvent} */ (event).pointerType === "mouse" && this.down(), { capture: true });
    for (const end of ["pointerup", "pointercancel"]) target.addEventListener(end, () => this.up(), { capture: true });
    return this;
  }

  down() {
    const press = ++this.#presses;
    this.#down = press;
    this.after(() => this.#down === press && this.up(), LONGEST_MS);
  }

  /** The click comes in the same moment, and what waits right after it. */
  up() {
    if (!this.#down) return;
    this.#down = 0;
    this.after(() => this.#draw(), 0);
  }

  /** Draw now, or when the mouse is up; of the same one only what was asked last. @param {unknown} whose @param {() => void} draw */
  unpressed(whose, draw) {
    if (this.#down) this.#waiting.set(whose, draw);
    else draw();
  }

  #draw() {
    if (this.#down) return; // pressed again: after that one
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const draw of waiting) draw();
  }
}
