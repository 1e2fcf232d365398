// @ts-check
/**
 * Two taps of a cold thumb on one spot are one tap: the second is not meant for the door that came meanwhile.
 *
 * A mouse says itself that a click is the second of two; a finger is known by the spot and the time. Keys are never held back.
 */

/** Milliseconds and pixels: a second tap comes within them, a tap for the next door does not. */
export const SOON_MS = 400;
export const NEAR_PX = 24;

/** @typedef {{ timeStamp: number, clientX: number, clientY: number, detail: number, pointerType?: string }} Tap as a click of the browser */

export class SecondTaps {
  /** @type {Tap | null} */
  #before = null;

  /** @param {Tap} tap @returns {boolean} whether it belongs to the one before */
  isSecond(tap) {
    if (tap.detail === 0) return false; // a key, or a screen reader
    const before = this.#before;
    this.#before = { timeStamp: tap.timeStamp, clientX: tap.clientX, clientY: tap.clientY, detail: tap.detail };
    if (!before || Math.hypot(tap.clientX - before.clientX, tap.clientY - before.clientY) > NEAR_PX) return false;
    return tap.detail > 1 || (tap.pointerType !== "mouse" && tap.timeStamp - before.timeStamp < SOON_MS);
  }
}
