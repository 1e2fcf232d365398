// @ts-check
/**
 * A phone that waits to be let in looks again by itself, while somebody looks at it.
 *
 * Without this module the page has a link that does the same.
 */
const SECONDS = 4;

async function lookAgain() {
  if (document.hidden) return;
  const response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.querySelector("[data-look-again]")) location.assign(response.url);
}

setInterval(() => lookAgain().catch(() => {}), SECONDS * 1000);
