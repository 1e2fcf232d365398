// @ts-check
/**
 * Building a screen out of elements: text is text, never markup, and nothing is inline.
 *
 * @typedef {Node | string | null | false | undefined | Child[]} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>} Facts
 */

/** Where the icons are; the page says it once. */
let sprite = "";
/** @param {string} address */
export const iconsAt = (address) => {
  sprite = address;
};

/**
 * @param {string} name
 * @param {Facts} [facts] attributes; a function is a listener, true an attribute without value, false none
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(name, facts = {}, ...children) {
  const element = document.createElement(name);
  for (const [fact, value] of Object.entries(facts)) {
    if (typeof value === "function") element.addEventListener(fact, value);
    else if (value === true) element.setAttribute(fact, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(fact, String(value));
  }
  element.append(...nodesOf(children));
  return element;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
export function nodesOf(children) {
  return children.flatMap((child) => (Array.isArray(child) ? nodesOf(child) : child || child === "" ? [child] : []));
}

/** @param {string} name @param {string} [more] a class */
export function icon(name, more = "") {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", `icon ${more}`.trim());
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** @param {"warn" | "bad" | "ok" | "plain" | ""} how @param {string} picture @param {...Child} children */
export const note = (how, picture, ...children) =>
  h("div", { class: `note ${how && `note-${how}`}`.trim() }, icon(picture), h("p", {}, ...children));

/**
 * Put new content into an element, and leave the keyboard, what is being typed and what is unfolded where they were.
 *
 * @param {HTMLElement} host
 * @param {...Child} children
 */
export function redraw(host, ...children) {
  const focused = /** @type {HTMLElement | null} */ (host.contains(document.activeElement) ? document.activeElement : null);
  const key = focused?.dataset.key;
  const selected = focused instanceof HTMLInputElement && focused.selectionStart !== null ? /** @type {const} */ ([focused.selectionStart, focused.selectionEnd]) : null;
  const typed = new Map([...host.querySelectorAll("input[data-key]")].map((input) => [input.getAttribute("data-key"), /** @type {HTMLInputElement} */ (input).value]));
  const unfolded = new Map([...host.querySelectorAll("details[data-key]")].map((box) => [box.getAttribute("data-key"), /** @type {HTMLDetailsElement} */ (box).open]));
  host.replaceChildren(...nodesOf(children));
  for (const input of host.querySelectorAll("input[data-key]")) {
    const value = typed.get(input.getAttribute("data-key"));
    if (value !== undefined) /** @type {HTMLInputElement} */ (input).value = value;
  }
  for (const box of host.querySelectorAll("details[data-key]")) {
    const open = unfolded.get(box.getAttribute("data-key"));
    if (open !== undefined) /** @type {HTMLDetailsElement} */ (box).open = open;
  }
  if (!focused) return;
  // Where the keyboard was may be gone, as the button to undo is once it was pressed: then it stays in this screen.
  const place = key ? host.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  /** @type {HTMLElement | null} */ (place ?? host.closest("main"))?.focus({ preventScroll: true });
  if (selected && place instanceof HTMLInputElement) place.setSelectionRange(...selected);
}
