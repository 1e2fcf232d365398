// @ts-check
/**
 * The screens of a reporter's phone: the units, the form of one phase, and reading it back.
 *
 * @import { Facts, Numbers, Said, Unit } from "./state.js"
 * @import { Finding } from "./entry_checks.js"
 * @import { Photo } from "./store.js"
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Say
 * @typedef {{ say: Say, facts: Facts, practice: boolean }} Ui
 */
import { h } from "../../canvass/screens/draw.js";
import { numberIn, whereIs } from "./state.js";

const WHERE = /** @type {const} */ ({ waiting: ["here_only", "tag-warn"], accepted: ["with_office", "tag-ok"], late: ["in_tray", "tag-warn"], refused: ["not_read", "tag-bad"] });

/** @param {Ui} ui @param {Finding} one a finding in words */
export function sentenceOf({ say, facts }, { check, names, numbers }) {
  const called = (/** @type {string} */ code) => facts.candidates.find((one) => one.code === code)?.name ?? code;
  const who = names.map(called).join(", ");
  if (check === "V5") return names.length ? say("check.V5", { award: names.map((code) => `${called(code)} ${numbers[code]}`).join(", ") }) : say("check.V5a");
  if (check === "V6" && !names.length) return say("check.V6a");
  if (check === "V10" && numbers.eligible === undefined) return say("check.V10a", numbers);
  return say(`check.${check}`, { who, ...numbers });
}

/** @param {Ui} ui @param {Finding[]} findings */
export const oddities = (ui, findings) =>
  findings.length
    ? h("div", { class: "note note-warn", "data-findings": findings.map((one) => one.check).join(" ") }, h("div", {}, h("strong", {}, ui.say("odd")), h("ul", {}, ...findings.map((one) => h("li", {}, `${one.check} ${sentenceOf(ui, one)}`)))))
    : null;

/**
 * @param {Ui} ui
 * @param {(unit: number, phase: string) => Said | null} said
 * @param {(unit: number, phase: string) => boolean} begun
 * @param {Photo[]} photos
 * @param {{ open: (unit: number, phase: string) => void, photograph: (unit: number, file: File) => void }} does
 */
export function unitsScreen(ui, said, begun, photos, does) {
  const { say, facts } = ui;
  const opens = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: facts.time_zone, timeZoneName: "short" }).format(new Date(facts.opens_at));
  return [
    h("h1", {}, say("reports")),
    h("p", { class: "sub" }, facts.reporter),
    ui.practice && h("div", { class: "note note-plain" }, h("div", {}, h("strong", {}, say("practice")), h("p", {}, say(facts.practised ? "practised" : "practice_says")), h("p", {}, say("opens", { time: opens })))),
    ...facts.units.map((unit) =>
      h(
        "section",
        { class: "card night-unit" },
        h("h2", {}, h("bdi", {}, unit.name)),
        h("p", { class: "muted" }, h("bdi", {}, unit.area), unit.area && unit.delegates ? " · " : null, unit.delegates ? say("delegates_here", { n: unit.delegates }) : null),
        ...facts.phases.map((phase) => phaseButton(ui, unit, phase, said(unit.id, phase), begun(unit.id, phase), does.open)),
        ui.practice ? null : photoPart(ui, unit, photos.filter((one) => one.unit === unit.id), does.photograph),
      ),
    ),
  ];
}

/** @param {Ui} ui @param {Unit} unit @param {string} phase @param {Said | null} said @param {boolean} begun @param {(unit: number, phase: string) => void} open */
function phaseButton({ say }, unit, phase, said, begun, open) {
  const [word, look] = begun ? ["begun", "tag-warn"] : said ? WHERE[said.where] : ["not_yet", ""];
  const button = h("button", { type: "button", class: "btn btn-block night-phase", "data-phase": phase, "data-where": begun ? "begun" : (said?.where ?? "none"), click: () => open(unit.id, phase) }, h("span", { class: "grow" }, say(`phase.${phase}`)), h("span", { class: `tag ${look}` }, say(word)));
  const why = said && said.where === "refused" ? say("refused", { why: said.message }) : said && said.where === "late" ? say("tray", { why: said.message }) : "";
  return [button, why ? h("p", { class: "field-error" }, why) : null];
}

/** @param {Ui} ui @param {Unit} unit @param {Photo[]} photos @param {(unit: number, file: File) => void} photograph */
function photoPart({ say }, unit, photos, photograph) {
  const id = `photo-${unit.id}`;
  const box = h("input", {
    type: "file", accept: "image/*", capture: "environment", id, class: "night-file",
    change: (event) => {
      const [file] = /** @type {HTMLInputElement} */ (event.target).files ?? [];
      if (file) photograph(unit.id, file);
    },
  });
  const refused = photos.find((one) => one.state === "refused");
  const where = whereIs(photos);
  return h("div", { class: "night-photo" }, box, h("label", { for: id, class: "btn btn-block" }, say("photo_take")), where && h("p", { class: "muted", "data-photo": where }, say(where === "waiting" ? "photo_here" : "photo_there")), refused && h("p", { class: "field-error" }, refused.message));
}

/**
 * The form of one phase; what is odd is said while it is typed.
 *
 * @param {Ui} ui @param {Unit} unit @param {string} phase @param {Record<string, string>} typed by field @param {boolean} corrects
 * @param {{ typed: (typed: Record<string, string>) => void, judge: (numbers: Numbers) => Finding[], read: (numbers: Numbers) => void, back: () => void }} does
 */
export function formScreen(ui, unit, phase, typed, corrects, does) {
  const { say, facts } = ui;
  const fields = [
    ...(phase === "first" ? [{ name: "attendance", label: say("signed_in") }] : []),
    ...facts.candidates.map(({ code, name }) => ({ name: `count ${code}`, label: name })),
    ...(phase === "final" && facts.kind !== "caucus" ? [{ name: "spoilt", label: say("spoilt") }] : []),
  ];
  const lastCounted = fields.findLast(({ name }) => name.startsWith("count "))?.name;
  const now = { ...typed };
  const together = h("strong", { class: "number" });
  const odd = h("div", { "aria-live": "polite" });
  const trouble = h("p", { class: "field-error", role: "alert" });
  const look = () => {
    const numbers = numbersIn(now);
    together.textContent = String(numbers ? Object.values(numbers.counts).reduce((sum, number) => sum + number, 0) : "–");
    odd.replaceChildren(...[numbers && Object.keys(numbers.counts).length ? oddities(ui, does.judge(numbers)) : null].filter((one) => one !== null));
  };
  const form = h(
    "form",
    {
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        const numbers = numbersIn(now);
        const boxes = [...form.querySelectorAll("input")];
        for (const box of boxes) {
          const wrong = numberIn(box.value) === undefined;
          if (wrong) box.setAttribute("aria-invalid", "true");
          else box.removeAttribute("aria-invalid");
          box.closest(".field")?.classList.toggle("has-error", wrong);
        }
        boxes.find((box) => box.hasAttribute("aria-invalid"))?.focus();
        trouble.textContent = numbers === null ? say("not_whole") : Object.keys(numbers.counts).length ? "" : say("fill_in");
        if (numbers && !trouble.textContent) does.read(numbers);
      },
    },
    ...fields.flatMap(({ name, label }) => {
      const id = `field-${name.replace(" ", "-")}`;
      const input = h("input", {
        id, name, type: "text", inputmode: "numeric", autocomplete: "off", enterkeyhint: "next", value: now[name] ?? "", class: "night-number",
        input: (event) => {
          now[name] = /** @type {HTMLInputElement} */ (event.target).value;
          does.typed({ ...now });
          look();
        },
      });
      const box = h("div", { class: "field night-field" }, h("label", { for: id }, h("bdi", {}, label)), input);
      return name === lastCounted ? [box, h("p", { class: "night-sum" }, `${say("together")}: `, together)] : [box];
    }),
    odd,
    trouble,
    h("button", { type: "submit", class: "btn btn-primary btn-block" }, say("read_back")),
    h("button", { type: "button", class: "btn btn-block", click: does.back }, say("back")),
  );
  look();
  return [h("h1", {}, say(`phase.${phase}`)), h("p", { class: "sub" }, h("bdi", {}, unit.name)), ui.practice && h("p", { class: "note note-plain" }, say("practice")), corrects && h("p", { class: "note note-plain" }, say("correct_says")), form];
}

/** @param {Record<string, string>} typed @returns {Numbers | null} null where something is no number */
function numbersIn(typed) {
  /** @type {Numbers} */
  const numbers = { counts: {} };
  for (const [name, text] of Object.entries(typed)) {
    const number = numberIn(text);
    if (number === undefined) return null;
    if (number === null) continue;
    if (name.startsWith("count ")) numbers.counts[name.slice(6)] = number;
    else if (name === "attendance" || name === "spoilt") numbers[name] = number;
  }
  return numbers;
}

/** @param {Numbers} numbers what stands in the boxes when it is opened again */
export const typedOf = ({ counts, attendance, spoilt }) => ({
  ...(attendance === undefined ? {} : { attendance: String(attendance) }),
  ...(spoilt === undefined ? {} : { spoilt: String(spoilt) }),
  ...Object.fromEntries(Object.entries(counts).map(([code, number]) => [`count ${code}`, String(number)])),
});

/**
 * Every number once more, large; the lot where one is needed; and only then sending.
 *
 * @param {Ui} ui @param {Unit} unit @param {string} phase @param {Numbers} numbers @param {Finding[]} findings
 * @param {{ step: string, among: string[], choose: number } | null} tie
 * @param {{ send: () => void, change: () => void, drawn: (chosen: string[], record: Record<string, string>) => void }} does
 */
export function readBackScreen(ui, unit, phase, numbers, findings, tie, does) {
  const { say, facts } = ui;
  const sum = Object.values(numbers.counts).reduce((one, other) => one + other, 0);
  const rows = [
    ...(numbers.attendance === undefined ? [] : [[say("signed_in"), numbers.attendance]]),
    ...facts.candidates.filter(({ code }) => numbers.counts[code] !== undefined).map(({ code, name }) => [name, numbers.counts[code]]),
    [say("together"), sum],
    ...(numbers.spoilt === undefined ? [] : [[say("spoilt"), numbers.spoilt]]),
  ];
  return [
    h("h1", {}, say("read_back")),
    h("p", { class: "sub" }, h("bdi", {}, unit.name), ` · ${say(`phase.${phase}`)}`),
    h("p", {}, say("read_back_says")),
    h("dl", { class: "kv night-read" }, ...rows.flatMap(([label, number]) => [h("dt", {}, h("bdi", {}, String(label))), h("dd", { class: "number" }, String(number))])),
    oddities(ui, findings),
    tie && lotPart(ui, tie, does.drawn),
    h("button", { type: "button", class: "btn btn-primary btn-block", "data-send": true, click: does.send }, say(ui.practice ? "send_practice" : "send")),
    h("button", { type: "button", class: "btn btn-block", click: does.change }, say("change")),
  ];
}

/** @param {Ui} ui @param {{ step: string, among: string[], choose: number }} tie @param {(chosen: string[], record: Record<string, string>) => void} drawn */
function lotPart({ say, facts }, tie, drawn) {
  const called = (/** @type {string} */ code) => facts.candidates.find((one) => one.code === code)?.name ?? code;
  const choices = tie.among.map((code) => h("div", { class: "field-check" }, h("input", { type: tie.choose === 1 ? "radio" : "checkbox", name: "chosen", id: `lot-${code}`, value: code }), h("label", { for: `lot-${code}` }, called(code))));
  const asked = ["device", "called_by", "order", "witnesses"];
  const words = ["lot_device", "lot_caller", "lot_order", "lot_witnesses"];
  const boxes = asked.map((name, place) => h("div", { class: "field" }, h("label", { for: `lot-${name}` }, say(words[place])), h("input", { id: `lot-${name}`, name, type: "text", autocomplete: "off", required: true, pattern: ".*\\S.*", maxlength: 300 })));
  return h(
    "form",
    {
      class: "card night-lot",
      submit: (event) => {
        event.preventDefault();
        const said = new FormData(/** @type {HTMLFormElement} */ (event.target));
        const chosen = said.getAll("chosen").map(String);
        if (chosen.length === tie.choose) drawn(chosen, Object.fromEntries(asked.map((name) => [name, String(said.get(name) ?? "").trim()]).filter(([, text]) => text)));
      },
    },
    h("h2", {}, say("lot")),
    h("p", {}, say("lot_says")),
    h("fieldset", {}, h("legend", {}, say("lot_chose")), ...choices),
    ...boxes,
    h("button", { type: "submit", class: "btn btn-block" }, say("lot_record")),
  );
}
