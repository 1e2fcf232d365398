// @ts-check
/**
 * On the doorstep the signal comes and goes: a form is sent only when the server can be reached, and
 * stays as it is, with a word about it, when it cannot.
 *
 * Without this module the browser says it in its own words. A form that is sent twice counts once.
 */
const PATIENCE_MS = 8000;
const strip = document.getElementById("no-signal");

/** Whether anything answers there; what it says does not matter. */
async function reached() {
  try {
    await fetch("/healthy/", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return true;
  } catch {
    return false;
  }
}

/** @param {boolean} shown */
function say(shown) {
  if (strip) strip.hidden = !shown;
}

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || event.defaultPrevented) return;
  event.preventDefault();
  if (form.dataset.asking) return;
  form.dataset.asking = "yes";
  const there = await reached();
  delete form.dataset.asking;
  say(!there);
  if (!there) return;
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button?.name) {
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
    form.append(pressed);
  }
  form.dataset.asking = "sent";
  form.submit();
});

addEventListener("offline", () => say(true));
addEventListener("online", () => say(false));
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-asking]")) form.removeAttribute("data-asking");
});
