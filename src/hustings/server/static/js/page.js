// @ts-check
/**
 * What every page does: ages that go on ticking, no form sent twice, no polling that nobody sees,
 * tables that scroll by keyboard, and the first thing that is wrong in sight.
 */
import { ageInWords } from "./ages.js";

/** Write each `<time data-age datetime=…>` anew. */
function tellAges() {
  const language = document.documentElement.lang || "en";
  for (const time of document.querySelectorAll("time[data-age]")) {
    const at = Date.parse(time.getAttribute("datetime") ?? "");
    if (!Number.isNaN(at)) time.textContent = ageInWords(Date.now() - at, language);
  }
}

/** A table wider than its card scrolls; then the keyboard must get into it too. */
function letKeysScroll() {
  for (const box of document.querySelectorAll(".card > .table, .table-wrap, .tabs")) {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
}

letKeysScroll();
void document.fonts.ready.then(letKeysScroll); // letters that come later may be wider
addEventListener("resize", letKeysScroll);
document.addEventListener("htmx:after:swap", letKeysScroll);

// A form that was not taken: what is wrong may be screens further down, and the page looks as if nothing had happened.
const wrong = document.querySelector(".has-error");
if (wrong) {
  wrong.scrollIntoView({ block: "center" });
  /** @type {HTMLElement | null} */ (wrong.querySelector("input:not([type=hidden]), select, textarea"))?.focus({ preventScroll: true });
}

tellAges();
setInterval(tellAges, 5000);
document.addEventListener("htmx:after:swap", tellAges);

// A page nobody looks at asks for nothing.
document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden) event.preventDefault();
});

// A form of lines to type: Enter goes to the next line, and from the last to the button.
document.addEventListener("keydown", (event) => {
  const line = /** @type {HTMLInputElement} */ (event.target);
  const form = line instanceof HTMLInputElement ? line.closest("form[data-keyboard-lines]") : null;
  if (event.key !== "Enter" || event.isComposing || !form) return;
  event.preventDefault();
  const stops = [...form.querySelectorAll('input:not([type="hidden"]), button')];
  const next = /** @type {HTMLElement | undefined} */ (stops[stops.indexOf(line) + 1]);
  next?.focus();
  if (next instanceof HTMLInputElement) next.select();
});

// The second tap on a send button does nothing; coming back to the page frees it.
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.getAttribute("aria-busy") === "true") event.preventDefault();
  else setTimeout(() => event.defaultPrevented || form.setAttribute("aria-busy", "true"));
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// Whoever sends for a download stays on the page: free the form after a while.
setInterval(() => {
  for (const form of document.querySelectorAll("form[aria-busy][data-download]")) form.removeAttribute("aria-busy");
}, 3000);
