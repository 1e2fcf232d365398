// @ts-check
/**
 * Walking the script: where one stands after these answers, what was held, and what the phone records of it.
 *
 * Pure. The server walks the same way (core/script/walking.py), held to the same cases (tests/js/script_cases.json).
 *
 * @import { ScriptAnswer, ScriptLanguage, ScriptStep, Wording } from "./types.d.ts"
 * @import { Said } from "./event.js"
 */

/** @param {ScriptStep} step */
const waysOf = (step) => (step.answers?.length ? step.answers.map((answer) => answer.leads_to ?? "") : [step.then ?? ""]);

/**
 * The steps that these choices left behind, each with its answer; 0 goes on from a step without answers.
 *
 * @param {readonly ScriptStep[]} steps @param {readonly number[]} taken places of answers
 */
export function walked(steps, taken) {
  /** @type {{ step: ScriptStep, answer: ScriptAnswer | null, to: string }[]} */
  const way = [];
  let here = steps.at(0);
  for (const choice of taken) {
    const to = here && waysOf(here).at(choice);
    if (!here || to === undefined || choice < 0) break;
    way.push({ step: here, answer: here.answers?.[choice] ?? null, to });
    here = steps.find(({ name }) => name === to);
  }
  return way;
}

/** The step that comes now; null at the end. @param {readonly ScriptStep[]} steps @param {readonly number[]} taken */
export function standsAt(steps, taken) {
  const last = walked(steps, taken).at(-1);
  return (last ? steps.find(({ name }) => name === last.to) : steps.at(0)) ?? null;
}

/** What the answers so far stand for. @param {readonly ScriptStep[]} steps @param {readonly number[]} taken */
export const held = (steps, taken) => walked(steps, taken).flatMap(({ answer }) => (answer?.holds ? [{ kind: answer.holds, code: answer.code ?? "" }] : []));

/**
 * What is recorded of the way so far; null while nothing is.
 *
 * The same way says the same, so that going back and answering again is a correction and no second answer. What was
 * wished for goes with the answer; a walk that keeps no people hears neither wishes nor language.
 *
 * @param {Wording} wording @param {readonly number[]} taken
 * @param {{ support: string, strength?: number | null } | undefined} before what this person said already
 * @param {ScriptLanguage | null} language @param {boolean} keepsPeople
 * @returns {Said | null}
 */
export function heardOnTheWay(wording, taken, before, language, keepsPeople) {
  const all = held(wording.steps ?? [], taken);
  const support = all.findLast(({ kind }) => kind === "support")?.code ?? (all.length ? before?.support : undefined);
  const choice = wording.choices.find(({ code }) => code === support);
  if (!choice) return null;
  const wishes = [...new Set(all.filter(({ kind }) => kind !== "support").map(({ kind }) => kind))].join(" ");
  const more = keepsPeople ? { ...(wishes ? { wishes } : {}), ...(language ? { said_in: language.mark } : {}) } : {};
  const strength = before?.support === choice.code && before.strength ? { strength: before.strength } : {};
  return { kind: "answered", support: choice.code, ...strength, ...more, answer: choice.label };
}

/** Words in a language, where there are some; whether they are. @param {ScriptLanguage | null} language @param {string} key @param {string} written */
export function wordsFor(language, key, written) {
  const said = language?.texts[key];
  return said ? { text: said, missing: false, lang: language?.code } : { text: written, missing: language !== null, lang: undefined };
}
