// @ts-check
/**
 * A question that an organiser put about answers of this phone, and telling them how it was.
 *
 * @import { PutQuestion } from "./types.d.ts"
 */
import { tell } from "./send.js";

/** @param {readonly PutQuestion[] | undefined} questions as the server said them @param {number} turf */
export const putAbout = (questions, turf) => (questions ?? []).filter((question) => question.turf === turf);

/** @param {number} id @param {string} text @returns {Promise<"told" | "gone" | "unreachable">} what became of it */
export async function reply(id, text) {
  const answer = await tell(`/w/questions/${id}/data/`, { text });
  if (answer?.status === 200) return "told";
  return answer?.status === 404 || answer?.status === 403 ? "gone" : "unreachable";
}
