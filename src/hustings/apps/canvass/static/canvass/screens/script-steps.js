// @ts-check
/**
 * The script one step after the other, with big buttons, in a language that somebody checked.
 *
 * With a door it records what is answered, as a tap on the door's own card would. Fetched when a script has steps.
 *
 * @import { Door, Person, ScriptLanguage, Walk } from "../types.d.ts"
 * @import { Screen } from "./screen.js"
 * @typedef {{ key: string, name: string, person: Person | null }} Someone
 */
import { heardOnTheWay, standsAt, walked, wordsFor } from "../script_walk.js";
import { h, icon, note } from "./draw.js";

/** The language that was chosen last on this phone, while it is open. */
let chosen = "";

export class ScriptSteps {
  /** Places of the answers so far. @type {number[]} */
  #taken = [];
  /** With whom, at a door. @type {string | null} */
  #with = null;
  /** What this way recorded last. */
  #kept = "";
  /** What they had said before it. @type {{ support: string, strength: number | null } | undefined} */
  #before;

  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    this.ui = screen.ui;
  }

  /** @param {Walk} walk */
  draw(walk) {
    const { wording } = walk;
    const steps = wording.steps ?? [];
    const language = wording.languages?.find(({ code }) => code === chosen) ?? null;
    const door = walk.doors.find(({ id }) => id === this.screen.place.id) ?? null;
    return [
      door && h("p", { class: "sub" }, h("a", { href: `#/walk/${walk.turf}/door/${door.id}`, "data-key": "to-door" }, h("bdi", {}, door.address))),
      this.#languages(walk),
      steps.length > 1 || steps[0]?.answers?.length ? this.#step(walk, door, language) : this.#words(language, steps[0].name, steps[0].say),
    ];
  }

  /** @param {Walk} walk */
  #languages({ wording }) {
    const all = wording.languages ?? [];
    if (!all.length) return null;
    const { say } = this.ui;
    /** @param {string} code @param {string} name */
    const button = (code, name) => h("button", { type: "button", class: "answer", lang: code || undefined, "aria-pressed": chosen === code ? "true" : "false", "data-key": `in-${code}`, click: () => {
      chosen = code;
      this.screen.again();
    } }, name);
    return h("div", { class: "answers others", role: "group", "aria-label": say("script_language") }, button("", say("as_written")), all.map(({ code, name }) => button(code, name)));
  }

  /** @param {ScriptLanguage | null} language @param {string} key @param {string} written */
  #words(language, key, written) {
    const { text, missing, lang } = wordsFor(language, key, written);
    return h("div", { class: "card" }, h("p", { class: "lead said", lang, dir: "auto" }, text), missing && h("p", { class: "muted small" }, this.ui.say("not_translated")));
  }

  /** @param {Walk} walk @param {Door | null} door @param {ScriptLanguage | null} language */
  #step(walk, door, language) {
    const { say } = this.ui;
    const someones = door && this.#someones(walk, door);
    if (someones && someones.length > 1 && this.#with === null) {
      return [h("h2", {}, say("who_answers")), h("div", { class: "stack" }, someones.map((one) => h("button", { class: "btn btn-block", type: "button", "data-key": `with-${one.key}`, click: () => {
        this.#with = one.key;
        this.screen.again();
      } }, h("bdi", {}, one.name))))];
    }
    const someone = someones?.find(({ key }) => key === this.#with) ?? someones?.[0] ?? null;
    const steps = walk.wording.steps ?? [];
    const step = standsAt(steps, this.#taken);
    const answers = step?.answers ?? [];
    return [
      someone && someone.person && h("p", {}, h("strong", {}, h("bdi", {}, someone.name))),
      step?.sensitivity === "personal" && note("", "hand", say("ask_if_willing")),
      step?.sensitivity === "not_kept" && note("", "eye-off", say("not_written_down")),
      step ? this.#words(language, step.name, step.say) : h("div", { class: "card" }, h("p", { class: "lead" }, say("that_was_all"))),
      step && h("div", { class: "stack", role: "group", "aria-label": say("what_they_may_answer") },
        answers.map((answer, nth) => {
          const { text, lang } = wordsFor(language, `${step.name}/${nth}`, answer.label);
          return h("button", { class: "btn btn-block", type: "button", lang, "data-key": `take-${nth}`, click: () => void this.#take(walk, door, someone, language, nth) }, h("bdi", {}, text));
        }),
        answers.length === 0 && h("button", { class: "btn btn-primary btn-block", type: "button", "data-key": "take-0", click: () => void this.#take(walk, door, someone, language, 0) }, say("go_on"))),
      this.#keptLine(door),
      this.#taken.length > 0 && h("p", {}, h("button", { class: "btn btn-block", type: "button", "data-key": "back", click: () => void this.#back(walk, door, someone, language) }, icon("arrow-left", "turns"), say("step_back"))),
      !step && door && h("p", {}, h("a", { class: "btn btn-primary btn-block", href: `#/walk/${walk.turf}/door/${door.id}`, "data-key": "done" }, say("back_to_door"))),
    ];
  }

  /** @param {Door | null} door */
  #keptLine(door) {
    const { say } = this.ui;
    if (!door) return h("p", { class: "muted small" }, say("script_not_recorded"));
    return this.#kept && h("p", { class: "small" }, icon("check"), " ", say("script_recorded", { answer: JSON.parse(this.#kept).answer }));
  }

  /** @param {Walk} walk @param {Door} door @returns {Someone[]} */
  #someones(walk, door) {
    const known = walk.keeps === "person" ? door.people.filter(({ stopped }) => !stopped) : [];
    const people = known.map((person) => ({ key: String(person.id), name: person.name, person }));
    return people.length ? people : [{ key: "door", name: door.address, person: null }];
  }

  /** @param {Walk} walk @param {Door} door @param {Someone} someone */
  #said(walk, door, { person }) {
    const { mine } = this.ui.app.standingOf(walk, door);
    return mine.findLast((one) => (person ? one.person === person.id || (person.met !== null && one.met === person.met) : one.person === null && one.met === null));
  }

  /** @param {Walk} walk @param {Door | null} door @param {Someone | null} someone @param {ScriptLanguage | null} language @param {number} nth */
  async #take(walk, door, someone, language, nth) {
    const taken = [...this.#taken, nth];
    if (await this.#record(walk, door, someone, language, taken)) this.#go(taken);
  }

  /** @param {Walk} walk @param {Door | null} door @param {Someone | null} someone @param {ScriptLanguage | null} language */
  async #back(walk, door, someone, language) {
    const taken = walked(walk.wording.steps ?? [], this.#taken).slice(0, -1).map((_left, place) => this.#taken[place]);
    if (await this.#record(walk, door, someone, language, taken)) this.#go(taken);
  }

  /** The answer from before this way, to be said again. @param {Walk} walk @returns {import("../event.js").Said | null} */
  #saidBefore({ wording }) {
    const choice = wording.choices.find(({ code }) => code === this.#before?.support);
    return choice ? { kind: "answered", support: choice.code, ...(this.#before?.strength ? { strength: this.#before.strength } : {}), answer: choice.label } : null;
  }

  /** @param {number[]} taken */
  #go(taken) {
    this.#taken = taken;
    this.screen.again();
    this.screen.closest("main")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /**
   * What this way says now is what is recorded; what it said before and says no more is taken back.
   *
   * @param {Walk} walk @param {Door | null} door @param {Someone | null} someone @param {ScriptLanguage | null} language @param {number[]} taken
   */
  async #record(walk, door, someone, language, taken) {
    if (!door || !someone) return true;
    const { app, say } = this.ui;
    const newest = this.#said(walk, door, someone);
    if (!this.#kept) this.#before = newest?.kind === "answered" ? newest : undefined;
    const said = heardOnTheWay(walk.wording, taken, this.#before, language, walk.keeps === "person");
    const now = said ? JSON.stringify(said) : "";
    if (now === this.#kept) return true;
    const again = said ?? this.#saidBefore(walk);
    const done = again
      ? await this.screen.keep(() => app.heard(walk, door, again, { person: someone.person }))
      : !newest || (await this.screen.keep(() => app.takeBack(walk, [door], newest.tap, say("undone"))));
    if (done) this.#kept = now;
    return done;
  }
}
