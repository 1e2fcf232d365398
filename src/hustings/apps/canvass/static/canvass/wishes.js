// @ts-check
/**
 * What somebody at a door wished for besides their answer: the codes in the server's order.
 *
 * Pure. `wishes.py` has the same list; tests/apps/canvass/test_wishes.py keeps them equal.
 *
 * @import { Said } from "./event.js"
 */

export const WISHES = /** @type {const} */ (["poster", "postal_vote", "lift", "casework", "volunteer", "call_back"]);
/** What is said with no more than a choice, so that it can be said again with a wish. @type {ReadonlySet<string>} */
const SAID_AGAIN = new Set(["answered", "refused"]);
export const LONGEST_NOTE = 200;

/** @param {{ wishes?: string } | undefined} said @param {string} code */
export const has = (said, code) => (said?.wishes ?? "").split(" ").includes(code);

/** Whether a wish can be added to what was said. @param {{ kind: string } | undefined} said */
export const canWish = (said) => said !== undefined && SAID_AGAIN.has(said.kind);

/** With this wish where it was not there, without it where it was. @param {{ wishes?: string }} said @param {string} code */
export const turned = (said, code) => WISHES.filter((one) => has(said, one) !== (one === code)).join(" ");

/**
 * Another answer of the same person keeps what they wished for.
 *
 * @param {Said} what @param {{ wishes?: string, wish_note?: string } | undefined} before @returns {Said}
 */
export function stillWished(what, before) {
  if (what.wishes !== undefined || !canWish(what) || !before?.wishes) return what;
  return { ...what, wishes: before.wishes, ...(before.wish_note ? { wish_note: before.wish_note } : {}) };
}
