// @ts-check
/**
 * "From where I am": asks the phone once where it is, sends it with the form, and keeps nothing of it.
 *
 * Without this module the page asks for a street.
 */
import { whereAmI } from "../canvass/here.js";

const form = document.querySelector("form[data-from-here]");
const here = form?.querySelector("[data-here]");
const button = here?.querySelector("button");

if (form instanceof HTMLFormElement && here instanceof HTMLElement && button) {
  here.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const place = await whereAmI();
    button.disabled = false;
    if (typeof place === "string") {
      const note = form.querySelector("[data-no-place]");
      if (note instanceof HTMLElement) note.hidden = false;
      return;
    }
    for (const [name, value] of [["lon", place.lon], ["lat", place.lat]]) {
      const field = form.elements.namedItem(String(name));
      if (field instanceof HTMLInputElement) field.value = String(value);
    }
    form.submit();
  });
}
