// @ts-check
/**
 * From a plain page to the app that works without a signal, where the browser can keep answers.
 *
 * Whoever chose the plain pages stays on them, and so does whoever runs no scripts.
 */
const CHOICE = "hustings-plain-pages";
const asked = new URLSearchParams(location.search);

/** @returns {boolean} whether this browser can keep answers; private windows of some cannot */
function canKeep() {
  return isSecureContext && "serviceWorker" in navigator && "indexedDB" in self && "findLast" in Array.prototype;
}

try {
  if (asked.has("plain")) localStorage.setItem(CHOICE, "yes");
  if (asked.has("app")) localStorage.removeItem(CHOICE);
  const turf = document.querySelector("[data-walk-in-app]")?.getAttribute("data-walk-in-app");
  const offer = /** @type {HTMLElement | null} */ (document.querySelector("[data-offers-app]"));
  if (offer && canKeep()) offer.hidden = false;
  if (canKeep() && localStorage.getItem(CHOICE) === null && turf !== undefined) location.replace(turf ? `/w/app/#/walk/${turf}` : "/w/app/");
} catch {
  // A browser that keeps nothing stays here.
}
