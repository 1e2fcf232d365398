// @ts-check
/**
 * The switch that saves power: kept on this phone, shown by the page, and offered when the battery is low.
 *
 * It is handed what keeps it and the page's root, and touches nothing else.
 *
 * @typedef {{ getItem: (name: string) => string | null, setItem: (name: string, value: string) => void, removeItem: (name: string) => void }} Keeper
 */
import { isOffered } from "./power.js";

const NAME = "hustings-saves-power";

export class Saving {
  /** @type {{ level: number, charging: boolean } | null} */
  #battery = null;
  #declined = false;
  #on = false;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {() => Keeper} keeper a browser may refuse it @param {{ dataset: DOMStringMap }} root */
  constructor(keeper, root) {
    this.keeper = keeper;
    this.root = root;
    this.look();
  }

  get on() {
    return this.#on;
  }

  get isOffered() {
    return isOffered(this.#battery, this.#on, this.#declined);
  }

  /** @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Read the switch again: another tab may have moved it. */
  look() {
    try {
      this.#on = this.keeper().getItem(NAME) === "yes";
    } catch {
      // It is as it was; a browser that keeps nothing forgets it with the page.
    }
    this.#show();
  }

  /** @param {boolean} on */
  set(on) {
    this.#on = on;
    try {
      if (on) this.keeper().setItem(NAME, "yes");
      else this.keeper().removeItem(NAME);
    } catch {
      // as above
    }
    this.#show();
  }

  /** Not now; it is offered again when the app is opened anew. */
  decline() {
    this.#declined = true;
    this.#show();
  }

  /** @param {{ level: number, charging: boolean }} battery */
  battery({ level, charging }) {
    this.#battery = { level, charging };
    this.#show();
  }

  #show() {
    if (this.#on) this.root.dataset.power = "low";
    else delete this.root.dataset.power;
    for (const listener of this.#listeners) listener();
  }
}
