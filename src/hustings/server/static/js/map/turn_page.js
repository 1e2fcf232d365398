// @ts-check
/** A list in pages beside the map: the page on which a walk stands, in place of the one that is shown. */

/**
 * @param {Element} list with an id; `data-pages` is the id of the links between its pages
 * @param {number} walk
 * @returns {Promise<boolean>} whether the list is another now
 */
export async function turnTo(list, walk) {
  const pages = list.getAttribute("data-pages") ?? "";
  const address = new URL(location.href);
  address.search = new URLSearchParams({ walk: String(walk) }).toString();
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) return false;
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const here of [list, document.getElementById(pages)]) {
    const other = here && there.getElementById(here.id);
    if (here && other) here.replaceChildren(...other.childNodes);
  }
  return true;
}
