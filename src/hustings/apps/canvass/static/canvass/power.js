// @ts-check
/**
 * Saving power: what is done less often, and when it is offered.
 *
 * Pure. Whoever holds the phone switches it on and off; a low battery only makes it offered.
 */

/** Asked no more often than this while power is saved, when somebody sends or comes back to the app anyway. */
export const SELDOM_MS = 5 * 60_000;
const LOW_SHARE = 0.15;

/**
 * Whether the server is asked for news now.
 *
 * @param {boolean} saving
 * @param {"clock" | "sent" | "back"} why the clock says so; something was just sent; somebody came back to the app
 * @param {number} sinceMs since it was asked last
 */
export function asksNow(saving, why, sinceMs) {
  if (!saving) return why !== "sent";
  return why !== "clock" && sinceMs >= SELDOM_MS;
}

/**
 * Whether saving power is offered.
 *
 * @param {{ level: number, charging: boolean } | null} battery null where the browser does not say
 * @param {boolean} saving
 * @param {boolean} declined somebody said no since the app was opened
 */
export function isOffered(battery, saving, declined) {
  return battery !== null && !battery.charging && battery.level < LOW_SHARE && !saving && !declined;
}
