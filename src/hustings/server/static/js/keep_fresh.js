// @ts-check
/**
 * What is said here stays as it may be said now: the page asks again while somebody looks at it, and at once when
 * the signal comes back or somebody turns to it.
 *
 * Without this module the page is as it was when it was opened.
 */
const SECONDS = 20;

async function ask() {
  if (document.hidden) return;
  const response = await fetch(location.pathname, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!response.ok && response.status !== 410) return; // 410: what stood here was taken back
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const [shown, now] = [document.querySelector("[data-fresh]"), page.querySelector("[data-fresh]")];
  if (shown && now && shown.innerHTML !== now.innerHTML) shown.replaceChildren(...now.childNodes);
}

const again = () => void ask().catch(() => {});
setInterval(again, SECONDS * 1000);
for (const event of ["online", "pageshow"]) addEventListener(event, again);
document.addEventListener("visibilitychange", again);

export {};
