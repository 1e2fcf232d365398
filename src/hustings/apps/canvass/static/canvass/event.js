// @ts-check
/**
 * Making events: an id for each, what a tap says, and how one is taken back.
 *
 * Pure: the time and the chance are handed in.
 *
 * @import { Door, Entry, Fresh, Kind, Mine, Person, Somebody, Standing, Walk } from "./types.d.ts"
 * @typedef {{ now: number, random: (bytes: number) => Uint8Array, app: string }} Source
 * @typedef {{ kind: Kind, support?: string, strength?: number, language?: string, come_back_at?: string, left_over?: number, wishes?: string, wish_note?: string, card_left?: boolean, answer: string }} Said
 */

/** In which format events are written here; the server reads two back. */
export const FORMAT = 2;

/**
 * A UUID of version 7: the time first, so that the server's index grows at its end.
 *
 * @param {number} now milliseconds by this phone's clock
 * @param {Uint8Array} random at least ten bytes
 */
export function uuid7(now, random) {
  const bytes = new Uint8Array(16);
  let time = Math.max(0, Math.floor(now));
  for (let place = 5; place >= 0; place--) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** @param {Source} source */
const freshId = (source) => uuid7(source.now, source.random(10));

/**
 * Where, and about whom: no finer than the walk keeps it, so that nothing finer ever leaves this phone.
 *
 * @param {Walk} walk @param {Door} door @param {{ person?: Person | null, somebody?: Somebody }} about
 */
function about(walk, door, { person, somebody }) {
  if (walk.keeps === "counts") return {};
  if (walk.keeps === "household") return { door: door.id };
  return { door: door.id, ...(somebody ? { met: somebody.id } : person ? { person: person.id } : {}) };
}

/** What a walk of sums must hear of the event that is taken back. @param {Walk} walk @param {Mine | undefined} before */
const replaces = (walk, before) =>
  walk.keeps === "counts" && before ? { replaces: `${before.kind}:${before.support}:${before.wording ?? 0}` } : {};

/**
 * One event at one door, before it has its number in line.
 *
 * @param {Source} source
 * @param {Walk} walk
 * @param {Door} door
 * @param {Said} said
 * @param {{ tap?: string, person?: Person | null, somebody?: Somebody, before?: Mine }} facts ``before`` is replaced by it
 * @returns {Fresh}
 */
function event(source, walk, door, said, facts) {
  const id = freshId(source);
  const { answer, ...content } = said;
  return {
    id,
    tap: facts.tap ?? id,
    turf: walk.turf,
    door: door.id,
    state: "waiting",
    message: "",
    address: door.address,
    answer,
    ...(facts.somebody && walk.keeps === "person" ? { somebody: facts.somebody } : {}),
    event: {
      id,
      format: FORMAT,
      turf: walk.turf,
      ...content,
      ...about(walk, door, facts),
      ...(content.kind === "undo" ? {} : { wording_version: walk.wording.version }),
      ...(facts.before ? { corrects: facts.before.id, ...replaces(walk, facts.before) } : {}),
      occurred_at: new Date(source.now).toISOString(),
      app: source.app,
    },
  };
}

/** @param {{ person: number | null, met: string | null }} one @param {Person | null} person @param {Somebody | undefined} somebody */
function isAbout(one, person, somebody) {
  if (somebody) return one.met === somebody.id;
  if (!person) return one.person === null && one.met === null;
  return one.person === person.id || (person.met !== null && one.met === person.met);
}

/**
 * What somebody said. It replaces what this phone recorded about them before, or that nobody was in.
 *
 * @param {Source} source
 * @param {Walk} walk
 * @param {Door} door
 * @param {Standing} standing of the door, as this phone sees it
 * @param {Said} said
 * @param {{ person?: Person | null, somebody?: Somebody }} about nobody named: the door itself
 * @returns {Fresh}
 */
export function heard(source, walk, door, standing, said, { person = null, somebody } = {}) {
  const before =
    standing.mine.findLast((one) => isAbout(one, person, somebody)) ??
    standing.mine.findLast((one) => one.kind === "no_answer" || one.kind === "no_access");
  return event(source, walk, door, said, { person, somebody, before });
}

/**
 * Nobody in at these doors: one tap, one event each.
 *
 * @param {Source} source
 * @param {Walk} walk
 * @param {Door[]} doors
 * @param {Said} said
 * @returns {Fresh[]}
 */
export function nobodyIn(source, walk, doors, said) {
  const tap = freshId(source);
  return doors.map((door) => event(source, walk, door, said, { tap }));
}

/**
 * Take a tap back: for each of its events that still counts, one that says so.
 *
 * @param {Source} source
 * @param {Walk} walk
 * @param {{ door: Door, standing: Standing }[]} places doors that the tap may have touched
 * @param {string} tap
 * @param {string} answer
 * @returns {Fresh[]}
 */
export function takeBack(source, walk, places, tap, answer) {
  const group = freshId(source);
  return places.flatMap(({ door, standing }) =>
    standing.mine
      .filter((one) => one.tap === tap)
      .map((one) =>
        event(source, walk, door, { kind: "undo", answer }, {
          tap: group,
          before: one,
          person: one.person === null ? null : (door.people.find((person) => person.id === one.person) ?? null),
        }),
      ),
  );
}

/**
 * The newest event at a door that this phone knows of: its own that nobody has yet, or whichever it made or
 * was told of last.
 *
 * @param {Walk | undefined} walk
 * @param {number} door
 * @param {readonly Entry[]} entries of this walk, oldest first
 * @returns {string | undefined}
 */
export function newestAt(walk, door, entries) {
  const own = entries.findLast((entry) => entry.door === door && entry.state !== "refused");
  const there = walk?.doors.find(({ id }) => id === door);
  if (!own || !there?.newest || own.state === "waiting") return own?.id ?? (there?.newest || undefined);
  return Date.parse(own.event.occurred_at) >= (there.told_at ?? walk?.whole_at ?? 0) ? own.id : there.newest;
}

/**
 * Each event comes after the newest that was known at its door, so that their order is theirs and not the network's.
 *
 * @param {Fresh[]} fresh
 * @param {(turf: number, door: number) => string | undefined} newest
 * @returns {Fresh[]}
 */
export function inOrder(fresh, newest) {
  /** @type {Map<string, string>} */
  const made = new Map();
  return fresh.map((one) => {
    const place = `${one.turf} ${one.door}`;
    const after = made.get(place) ?? newest(one.turf, one.door);
    made.set(place, one.id);
    return after ? { ...one, event: { ...one.event, after } } : one;
  });
}
