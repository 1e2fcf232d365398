// @ts-check
/**
 * How old something is, in words.
 *
 * @param {number} milliseconds age; a clock that runs ahead counts as now
 * @param {string} language BCP 47
 * @returns {string} such as "12 seconds ago"
 */
export function ageInWords(milliseconds, language) {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return words.format(-seconds, "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return words.format(-minutes, "minute");
  const hours = Math.round(minutes / 60);
  if (hours < 36) return words.format(-hours, "hour");
  return words.format(-Math.round(hours / 24), "day");
}
