// @ts-check
/**
 * What was begun at a door: somebody's name before they said anything, a language or an hour being asked for.
 *
 * Pure. It lies on the phone until it is said, or until whoever holds the phone gives it up.
 *
 * @import { Draft } from "./types.d.ts"
 */

/** @type {Readonly<Draft>} */
export const NOTHING = { people: [], adding: false, forename: "", surname: "", asking: "", language: "" };

/** Whether nothing is left of it. @param {Draft} draft */
export const isNothing = (draft) => !draft.people.length && !draft.adding && !draft.asking;

/** @param {number} turf @param {number} door */
export const keyOf = (turf, door) => `draft ${turf} ${door}`;

/** Somebody was named; what they say comes next. @param {Draft} draft @param {import("./types.d.ts").Somebody} somebody @returns {Draft} */
export const named = (draft, somebody) => ({ ...draft, people: [...draft.people, somebody], adding: false, forename: "", surname: "" });

/** Whoever this was said something, or is taken off again. @param {Draft} draft @param {string} [id] @returns {Draft} */
export const over = (draft, id) => ({ ...draft, people: draft.people.filter((one) => one.id !== id), asking: "", language: "" });
