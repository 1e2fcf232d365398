// @ts-check
/**
 * The words of the app, as the server translated them; those with a number have a form for each kind of number.
 *
 * @import { Words } from "./types.d.ts"
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Say
 */

/**
 * @param {Words} words
 * @param {string} language BCP 47
 * @returns {Say} a sentence by its key, its gaps filled; ``n`` chooses the form and is written in digits
 */
export function sayIn(words, language) {
  const kind = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const word = words[key];
    if (word === undefined) throw new Error(`There is no word called «${key}».`);
    const form = typeof word === "string" ? word : (word[kind.select(Number(values.n ?? 0))] ?? word.other);
    return form.replace(/\{(\w+)\}/g, (gap, name) => {
      const value = values[name];
      if (value === undefined) return gap;
      return typeof value === "number" ? digits.format(value) : value;
    });
  };
}
