// @ts-check
/**
 * One door: who lives there, and what they said. Each tap is kept at once; another one corrects it.
 *
 * @import { Choice, Door, Person, Somebody, Standing, Walk } from "../types.d.ts"
 * @import { Said } from "../event.js"
 * @import { Child } from "./draw.js"
 * @typedef {{ key: string, name: string, person: Person | null, somebody?: Somebody }} Someone
 */
import { named, over } from "../draft.js";
import { uuid7 } from "../event.js";
import { SecondTaps } from "../second_tap.js";
import { LONGEST_NOTE, WISHES, canWish, has, stillWished, turned } from "../wishes.js";
import { h, icon, note } from "./draw.js";
import { notesOf, onward, stateTag, walkGone } from "./parts.js";
import { Screen } from "./screen.js";

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;
/** One for all doors: the tap before may have been at another. */
const taps = new SecondTaps();

/** @param {Event} event */
const typedInto = (event) => /** @type {HTMLInputElement} */ (event.target).value;

export class DoorCard extends Screen {
  constructor() {
    super();
    this.addEventListener("click", (event) => {
      if (taps.isSecond(/** @type {PointerEvent} */ (event))) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }, { capture: true });
  }

  /** What was begun here: names typed, and whose language or hour is being asked for. */
  get #begun() {
    return this.ui.app.draftOf(this.place.turf, this.place.id);
  }

  /** @param {Partial<import("../types.d.ts").Draft>} change @param {boolean} [quietly] while somebody types */
  #begin(change, quietly = false) {
    void this.ui.app.draft(this.place.turf, this.place.id, { ...this.#begun, ...change });
    if (!quietly) this.again();
  }

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const walk = this.walk;
    const door = walk?.doors.find((one) => one.id === this.place.id);
    if (!walk || !door) return [walkGone(this.ui)];
    const standings = app.standingsOf(walk);
    const standing = app.standingOf(walk, door);
    const next = this.nextOf(walk, door.id, standings);
    const last = standing.mine.at(-1);
    const spoken = standing.mine.some((one) => one.kind !== "no_answer" && one.kind !== "no_access");
    const someones = this.#someones(door);
    const facts = [door.floor ? say("floor", { n: door.floor }) : "", next ? say("next_is", { address: next.address }) : say("last_one")].filter(Boolean).join(" · ");
    return [
      [
        h("h1", {}, h("bdi", {}, door.address)),
        h("p", { class: "sub" }, facts, door.building !== null && [" · ", h("a", { href: `#/walk/${walk.turf}/building/${door.building}` }, say("whole_building"))]),
        notesOf(door),
        standing.state !== "left" && h("p", {}, stateTag(this.ui, standing.state)),
        h("div", { class: this.ui.hidden ? "hidden-answers" : "" },
          someones.map((someone, place) => this.#card(walk, door, standing, someone, place === 0)),
          someones.length === 0 && h("section", { class: "card" }, h("p", {}, walk.keeps === "counts" ? say("keeps_counts") : walk.keeps === "household" ? say("keeps_household") : say("nobody_known")), this.#answers(walk, door, standing, { key: "door", name: door.address, person: null })),
        ),
        !spoken && walk.keeps !== "counts" && h("p", {}, h("button", { class: "btn btn-block", type: "button", "data-key": "card-left", click: () => this.#nobody(walk, door, next, true) }, icon("scroll-text"), say("card_left"))),
        walk.keeps !== "person" ? null : this.#begun.adding ? this.#form(door) : h("p", {}, h("button", { class: "btn btn-block", type: "button", "data-key": "add", click: () => this.#begin({ adding: true }) }, icon("user-plus"), say("somebody_else"))),
        (walk.wording.steps?.length ?? 0) > 0 && h("p", {}, h("a", { class: "btn btn-block", href: `#/walk/${walk.turf}/script/${door.id}`, "data-key": "with-script" }, icon("scroll-text"), say("with_script"))),
        h("p", { class: "door-foot" },
          last ? h("button", { class: "btn btn-link", type: "button", "data-key": "undo", click: () => this.#undo(walk, door, last.tap) }, icon("undo-2"), say("undo", { what: last.answer || this.#word(walk, last) })) : h("span"),
          h("button", { class: "btn btn-link", type: "button", "data-key": "hide", "aria-pressed": this.ui.hidden ? "true" : "false", click: () => this.#set(() => (this.ui.hidden = !this.ui.hidden)) }, icon("eye-off"), say("hide"))),
      ],
      [
        !spoken && h("button", { class: "btn", type: "button", "data-key": "nobody", click: () => this.#nobody(walk, door, next) }, say("no_answer")),
        onward(this.ui, walk, next, say("next_door")),
      ],
    ];
  }

  /** @param {Door} door @returns {Someone[]} */
  #someones(door) {
    if (this.walk?.keeps !== "person") return [];
    const known = new Set(door.people.map((person) => person.met).filter(Boolean));
    const entries = this.ui.app.entriesOf(this.place.turf).filter((entry) => entry.door === door.id);
    const met = new Map([...entries.flatMap(({ somebody }) => (somebody ? [somebody] : [])), ...this.#begun.people].map((one) => [one.id, one]));
    return [
      ...door.people.map((person) => ({ key: String(person.id), name: person.name, person })),
      ...[...met.values()].filter(({ id }) => !known.has(id)).map((somebody) => ({ key: somebody.id, name: `${somebody.forename} ${somebody.surname}`.trim(), person: null, somebody })),
    ];
  }

  /** @param {Walk} walk @param {Door} door @param {Standing} standing @param {Someone} someone @param {boolean} first */
  #card(walk, door, standing, someone, first) {
    const { say } = this.ui;
    const { person, somebody } = someone;
    const said = this.#saidBy(standing, someone);
    const about = [
      person?.absent && say(`absent_${person.absent}`),
      (somebody || person?.met) && say("not_registered"),
    ].filter(Boolean).join(" · ");
    return h("details", { class: "card person", open: first || Boolean(said) || Boolean(somebody), "data-key": `card-${someone.key}` },
      h("summary", {}, h("strong", {}, h("bdi", {}, someone.name)), about && h("span", { class: "muted small" }, about), !said && !first && h("span", { class: "tag push" }, say("not_asked"))),
      person?.stopped && note("warn", "ban", say(`stopped_${person.stopped === "moved" || person.stopped === "deceased" ? person.stopped : "asked"}`)),
      this.#answers(walk, door, standing, someone),
      somebody && !said && this.#begun.people.some(({ id }) => id === somebody.id) && h("button", { class: "btn btn-link btn-block", type: "button", "data-key": `off-${someone.key}`, click: () => this.#begin(over(this.#begun, somebody.id)) }, icon("undo-2"), say("take_off", { name: someone.name })));
  }

  /** @param {Standing} standing @param {Someone} someone */
  #saidBy(standing, { person, somebody }) {
    return standing.mine.findLast((one) => {
      if (somebody) return one.met === somebody.id;
      if (person) return one.person === person.id || (person.met !== null && one.met === person.met);
      return one.person === null && one.met === null;
    });
  }

  /** @param {Walk} walk @param {Door} door @param {Standing} standing @param {Someone} someone @returns {HTMLElement} */
  #answers(walk, door, standing, someone) {
    const { say } = this.ui;
    const { wording } = walk;
    const said = this.#saidBy(standing, someone);
    const { asking } = this.#begun;
    /** @param {string} key @param {Said} what @param {boolean} pressed @param {string} [shade] */
    const button = (key, what, pressed, shade = "") =>
      h("button", { type: "button", class: `answer ${shade}`.trim(), "aria-pressed": pressed ? "true" : "false", "data-key": `${someone.key}-${key}`, click: () => pressed || this.#say(walk, door, someone, what) }, what.answer);
    /** @param {Said["kind"]} kind */
    const plain = (kind) => button(kind, { kind, answer: say(kind) }, said?.kind === kind);
    /** @param {string} key @param {string} word @param {boolean} pressed */
    const asks = (key, word, pressed) =>
      h("button", { type: "button", class: "answer", "aria-pressed": pressed ? "true" : "false", "aria-expanded": asking === `${someone.key}-${key}` ? "true" : "false", "data-key": `${someone.key}-${key}`, click: () => this.#begin({ asking: asking === `${someone.key}-${key}` ? "" : `${someone.key}-${key}`, language: "" }) }, word);
    return h("div", { role: "group", "aria-label": say("what_said", { name: someone.name }) },
      h("div", { class: "answers" }, wording.choices.map((choice) => button(`answered-${choice.code}`, { kind: "answered", support: choice.code, answer: choice.label }, said?.kind === "answered" && said.support === choice.code, choice.shade))),
      wording.as_parties && walk.keeps !== "counts" && said?.kind === "answered" && this.#firmly(walk, said, button),
      // A sum cannot say where to come back, nor who asked never to be visited: those are for the organiser's ear.
      walk.keeps === "counts" ? h("div", { class: "answers others" }, plain("refused"), plain("hostile")) : this.#others(walk, door, someone, said, plain, asks),
      walk.keeps === "person" && canWish(said) && this.#wishes(walk, door, someone, said));
  }

  /** @param {Walk} walk @param {Door} door @param {Someone} someone @param {{ kind: string } | undefined} said @param {(kind: Said["kind"]) => HTMLElement} plain @param {(key: string, word: string, pressed: boolean) => HTMLElement} asks */
  #others(walk, door, someone, said, plain, asks) {
    const { say } = this.ui;
    const { asking } = this.#begun;
    return [
      h("div", { class: "answers others" }, plain("refused"), someone.person || someone.somebody ? plain("moved") : null, plain("do_not_contact"), asks("come_back", say("come_back"), said?.kind === "come_back")),
      asking === `${someone.key}-come_back` && this.#hours(walk, door, someone),
      h("details", { "data-key": `more-${someone.key}`, open: asking === `${someone.key}-language` }, h("summary", {}, say("something_else")),
        h("div", { class: "answers others" }, someone.person || someone.somebody ? plain("deceased") : null, plain("hostile"), asks("language", say("language"), said?.kind === "language")),
        asking === `${someone.key}-language` && this.#language(walk, door, someone)),
    ];
  }

  /** What they would like besides: a tap adds it to what they said, another takes it off. @param {Walk} walk @param {Door} door @param {Someone} someone @param {Standing["mine"][number] | undefined} said */
  #wishes(walk, door, someone, said) {
    if (!said) return null;
    const { say } = this.ui;
    /** Of what they said by then, since a note may still be on its way to the disk. @param {(before: { wishes: string, wish_note: string }) => { wishes: string, wish_note: string }} change */
    const again = (change) => this.#say(walk, door, someone, (before) => {
      if (!before || !canWish(before)) return null;
      const { wishes, wish_note } = change({ wishes: before.wishes ?? "", wish_note: before.wish_note ?? "" });
      const label = walk.wording.choices.find((choice) => choice.code === before.support)?.label ?? say(before.kind);
      return { kind: before.kind, ...(before.support ? { support: before.support } : {}), ...(before.strength ? { strength: before.strength } : {}), wishes, ...(wishes && wish_note ? { wish_note } : {}), answer: wishes ? say("answer_and_wishes", { answer: label, wishes: WISHES.filter((code) => wishes.split(" ").includes(code)).map((code) => say(`wish_${code}`)).join(", ") }) : label };
    });
    const key = `${someone.key}-about`;
    return h("details", { "data-key": `wishes-${someone.key}`, open: Boolean(said.wishes) }, h("summary", {}, say("would_like")),
      h("div", { class: "answers others wishes", role: "group", "aria-label": say("would_like") }, WISHES.map((code) =>
        h("button", { type: "button", class: "answer", "aria-pressed": has(said, code) ? "true" : "false", "data-key": `${someone.key}-wish-${code}`, click: () => again((before) => ({ ...before, wishes: turned(before, code) })) }, say(`wish_${code}`)))),
      said.wishes && h("form", { class: "asked", submit: (event) => {
        event.preventDefault();
        const typed = /** @type {HTMLInputElement} */ (this.querySelector(`[data-key="${CSS.escape(key)}"]`)).value.trim();
        void again((before) => ({ ...before, wish_note: typed.slice(0, LONGEST_NOTE) }));
      } },
        h("div", { class: "field" }, h("label", { for: key }, say("wish_about")), h("input", { id: key, "data-key": key, maxlength: LONGEST_NOTE, autocomplete: "off", value: said.wish_note ?? "" })),
        h("button", { class: "btn btn-block", type: "submit" }, say("wish_keep"))));
  }

  /** @param {Walk} walk @param {{ support: string, strength: number | null }} said @param {(key: string, what: Said, pressed: boolean) => HTMLElement} button */
  #firmly(walk, said, button) {
    const { say } = this.ui;
    const label = walk.wording.choices.find((choice) => choice.code === said.support)?.label ?? said.support;
    return [h("p", { class: "small muted" }, say("how_firmly")), h("div", { class: "answers" }, [1, 2, 3].map((strength) => button(`firm-${strength}`, { kind: "answered", support: said.support, strength, answer: say("firm", { answer: label, how: say(`firm_${strength}`) }) }, said.strength === strength)))];
  }

  /** @param {Walk} walk @param {Door} door @param {Someone} someone */
  #hours(walk, door, someone) {
    const { app, say, language } = this.ui;
    const now = app.rightNow();
    const clock = new Intl.DateTimeFormat(language, { weekday: "short", hour: "numeric", minute: "2-digit" });
    return h("div", { class: "answers others asked", role: "group", "aria-label": say("when_back") }, [1, 3, 24].map((hours) => {
      const at = new Date(Math.floor(now / QUARTER_MS) * QUARTER_MS + hours * HOUR_MS);
      return h("button", { type: "button", class: "answer", "data-key": `${someone.key}-back-${hours}`, click: () => this.#say(walk, door, someone, { kind: "come_back", come_back_at: at.toISOString(), answer: say("come_back_at", { when: clock.format(at) }) }) }, clock.format(at));
    }));
  }

  /** @param {Walk} walk @param {Door} door @param {Someone} someone */
  #language(walk, door, someone) {
    const { say } = this.ui;
    const key = `${someone.key}-which`;
    return h("form", { class: "asked", submit: (event) => {
      event.preventDefault();
      const typed = /** @type {HTMLInputElement} */ (this.querySelector(`[data-key="${CSS.escape(key)}"]`)).value.trim();
      void this.#say(walk, door, someone, { kind: "language", language: typed.slice(0, 60) || "not known", answer: say("language_is", { which: typed || say("not_known") }) });
    } },
      h("div", { class: "field" }, h("label", { for: "which-language" }, say("which_language")), h("input", { id: "which-language", "data-key": key, maxlength: 60, autocomplete: "off", value: this.#begun.language, input: (event) => this.#begin({ language: typedInto(event) }, true) })),
      h("button", { class: "btn btn-block", type: "submit" }, say("record_language")));
  }

  /** @param {Door} door */
  #form(door) {
    const { app, say } = this.ui;
    /** @param {string} name */
    const typed = (name) => /** @type {HTMLInputElement} */ (this.querySelector(`[data-key="${name}"]`)).value.trim().slice(0, 60);
    return h("form", { class: "card", submit: (event) => {
      event.preventDefault();
      const [forename, surname] = [typed("forename"), typed("surname")];
      if (!forename && !surname) return;
      this.#begin(named(this.#begun, { id: uuid7(app.world.now(), app.world.random(10)), door: door.id, forename, surname }));
    } },
      h("p", {}, say("somebody_mind")),
      h("div", { class: "field" }, h("label", { for: "forename" }, say("forename")), h("input", { id: "forename", "data-key": "forename", maxlength: 60, required: true, autocomplete: "off", value: this.#begun.forename, input: (event) => this.#begin({ forename: typedInto(event) }, true) })),
      h("div", { class: "field" }, h("label", { for: "surname" }, say("surname")), h("input", { id: "surname", "data-key": "surname", maxlength: 60, autocomplete: "off", value: this.#begun.surname, input: (event) => this.#begin({ surname: typedInto(event) }, true) })),
      h("div", { class: "row-of" }, h("button", { class: "btn", type: "submit" }, say("add")), h("button", { class: "btn btn-link", type: "button", click: () => this.#begin({ adding: false, forename: "", surname: "" }) }, say("never_mind"))));
  }

  /** @param {Walk} walk @param {{ kind: string, support: string }} one */
  #word(walk, one) {
    if (one.kind !== "answered") return this.ui.say(one.kind);
    return walk.wording.choices.find((choice) => choice.code === one.support)?.label ?? one.support;
  }

  /** @param {Walk} walk @param {Door} door @param {Someone} someone @param {Said | ((before: Standing["mine"][number] | undefined) => Said | null)} what or what makes it of what they said before */
  async #say(walk, door, someone, what) {
    /** @param {Standing} standing */
    const said = (standing) => {
      const before = this.#saidBy(standing, someone);
      return typeof what === "function" ? what(before) : stillWished(what, before);
    };
    if (await this.keep(() => this.ui.app.heard(walk, door, said, { person: someone.person, somebody: someone.somebody }))) this.#begin(over(this.#begun, someone.somebody?.id));
  }

  /** @param {Walk} walk @param {Door} door @param {Door | null} next @param {boolean} [card] whether a card was left */
  async #nobody(walk, door, next, card = false) {
    const { app, go, say } = this.ui;
    if (await this.keep(() => app.nobodyIn(walk, [door], card ? { kind: "no_answer", card_left: true, answer: say("card_left") } : { kind: "no_answer", answer: say("no_answer") }))) go(next ? `/walk/${walk.turf}/door/${next.id}` : `/walk/${walk.turf}`);
  }

  /** @param {Walk} walk @param {Door} door @param {string} tap */
  #undo(walk, door, tap) {
    return this.keep(() => this.ui.app.takeBack(walk, [door], tap, this.ui.say("undone")));
  }

  /** @param {() => unknown} change */
  #set(change) {
    change();
    this.again();
  }
}
customElements.define("door-card", DoorCard);
