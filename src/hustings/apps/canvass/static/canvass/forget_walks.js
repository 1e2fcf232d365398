// @ts-check
/**
 * A phone that carries nothing any more keeps no walk of the app either: only answers that nobody has yet.
 *
 * Runs on the page that asks for a code, where the server knows of no phone.
 */
import { all, wipe } from "./store.js";

try {
  for (const { turf } of (await all()).walks) await wipe(turf);
} catch {
  // A browser that keeps nothing has nothing to forget.
}
