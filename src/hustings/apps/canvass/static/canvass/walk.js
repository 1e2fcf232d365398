// @ts-check
/**
 * The doors of a walk, where we are among them, and what each says by now.
 *
 * Pure. The order of doors follows the same table of cases as the server's (tests/js/walk_cases.json).
 *
 * @import { Door, Entry, Mine, Receipt, Standing, Walk } from "./types.d.ts"
 */

/** @type {ReadonlySet<string>} */
const COUNTING = new Set(["waiting", "accepted"]);
const WITHOUT_CONTACT = new Set(["no_answer", "no_access", "not_delivered"]);

/**
 * What a door says: what others found there, and over it what this phone recorded and did not take back.
 *
 * What the server refused, or keeps for an organiser, counts neither there nor here.
 *
 * @param {Pick<Door, "mine" | "elsewhere">} door
 * @param {readonly Entry[]} entries of this door, oldest first
 * @returns {Standing}
 */
export function standing(door, entries) {
  const counting = entries.filter((entry) => COUNTING.has(entry.state));
  const corrected = new Set(counting.map((entry) => entry.event.corrects).filter(Boolean));
  const here = new Map(counting.map((entry) => [entry.id, entry]));
  const there = door.mine
    .filter((one) => !here.has(one.id))
    .map((one) => ({ ...one, tap: one.id, answer: "" }));
  const mine = [...there, ...counting.map(asMine)].filter((one) => one.kind !== "undo" && !corrected.has(one.id));
  const last = mine.at(-1);
  return { state: last ? wordFor(last.kind) : door.elsewhere || "left", mine };
}

/** @param {Entry} entry */
function asMine({ event, tap, answer }) {
  return {
    id: event.id,
    person: event.person ?? null,
    met: event.met ?? null,
    kind: event.kind,
    support: event.support ?? "",
    strength: event.strength ?? null,
    wording: event.wording_version ?? 0,
    wishes: event.wishes ?? "",
    wish_note: event.wish_note ?? "",
    counted: event.door === undefined,
    tap,
    answer,
  };
}

/** @param {Mine["kind"]} kind @returns {"out" | "back" | "done"} */
function wordFor(kind) {
  if (kind === "come_back") return "back";
  return WITHOUT_CONTACT.has(kind) ? "out" : "done";
}

/**
 * Every door of a walk with what it says.
 *
 * @param {Walk} walk
 * @param {readonly Entry[]} entries of this walk, oldest first
 * @returns {Map<number, Standing>} by the door's number
 */
export function standings(walk, entries) {
  /** @type {Map<number, Entry[]>} */
  const byDoor = new Map();
  for (const entry of entries) {
    const already = byDoor.get(entry.door);
    if (already) already.push(entry);
    else byDoor.set(entry.door, [entry]);
  }
  return new Map(walk.doors.map((door) => [door.id, standing(door, byDoor.get(door.id) ?? [])]));
}

/**
 * The next door that is left, in walking order; from the start again when there is none further.
 *
 * @template {{ id: number }} D
 * @param {readonly D[]} doors
 * @param {(door: D) => boolean} isLeft
 * @param {number | null} after a door's number; null at the start
 * @returns {D | null}
 */
export function nextDoor(doors, isLeft, after) {
  const place = doors.findIndex((door) => door.id === after);
  const others = [...doors.slice(place + 1), ...doors.slice(0, Math.max(place, 0))];
  return others.find(isLeft) ?? null;
}

/**
 * The walk's list: doors of one building that follow each other are one entry.
 *
 * @template {{ building: number | null }} D
 * @param {readonly D[]} doors
 * @returns {D[][]}
 */
export function stops(doors) {
  /** @type {D[][]} */
  const found = [];
  for (const door of doors) {
    const last = found.at(-1);
    if (last && door.building !== null && last[0].building === door.building) last.push(door);
    else found.push([door]);
  }
  return found;
}

/**
 * A building's doors by floor, in the order in which the walk comes to them.
 *
 * @param {readonly Door[]} doors
 * @returns {[number, Door[]][]}
 */
export function floors(doors) {
  /** @type {Map<number, Door[]>} */
  const found = new Map();
  for (const door of doors) found.set(door.floor, [...(found.get(door.floor) ?? []), door]);
  return [...found];
}

/**
 * Whether the walk's time on this phone is over.
 *
 * Counted from when it was fetched, so that a clock that runs hours ahead or behind does not matter
 * unless somebody turns it meanwhile.
 *
 * @param {Walk} walk
 * @param {number} now milliseconds by the same clock as ``fetched_at``
 */
export function isOver(walk, now) {
  return now >= walk.fetched_at + walk.seconds_left * 1000;
}

/**
 * What this phone recorded at each door, also where the list shows the door no more.
 *
 * @param {Walk} walk
 * @param {Map<number, Standing>} standings
 * @param {readonly Entry[]} entries of this walk, oldest first
 * @returns {{ mine: Mine[] }[]}
 */
function everywhere(walk, standings, entries) {
  /** @type {Map<number, Mine[]>} */
  const behind = new Map();
  for (const { door, mine } of walk.behind) behind.set(door, [...(behind.get(door) ?? []), ...mine]);
  const away = new Set([...behind.keys(), ...entries.map((entry) => entry.door)].filter((door) => !standings.has(door)));
  const found = [...standings].map(([door, { mine }]) => ({ mine: [...(behind.get(door) ?? []), ...mine] }));
  for (const door of away) found.push(standing({ mine: behind.get(door) ?? [], elsewhere: "" }, entries.filter((entry) => entry.door === door && entry.event.kind !== "left_over")));
  return found;
}

/**
 * The phone's own numbers for the receipt, worked out apart from the server's.
 *
 * @param {Walk} walk
 * @param {Map<number, Standing>} standings
 * @param {readonly Entry[]} entries of this walk, oldest first
 */
export function slip(walk, standings, entries) {
  let recorded = 0;
  let contacts = 0;
  let answers = 0;
  let comeBack = 0;
  for (const { mine } of everywhere(walk, standings, entries)) {
    // What went into a sum is a door of its own there; of everything else a door counts once.
    const byDoor = mine.filter((one) => !one.counted);
    for (const door of [...(byDoor.length ? [byDoor] : []), ...mine.filter((one) => one.counted).map((one) => [one])]) {
      recorded++;
      if (door.some((one) => !WITHOUT_CONTACT.has(one.kind))) contacts++;
      answers += door.filter((one) => one.kind === "answered").length;
      if (door.some((one) => one.kind === "come_back")) comeBack++;
    }
  }
  /** @param {Entry["state"]} state */
  const count = (state) => entries.filter((entry) => entry.state === state).length;
  return { recorded, contacts, answers, comeBack, waiting: count("waiting"), refused: count("refused"), kept: count("late") + count("clash") };
}

/**
 * Whether everything arrived: nothing waits, and both count the same, with what an organiser holds back.
 *
 * @param {{ recorded: number, waiting: number, refused: number }} here
 * @param {Receipt | null} there
 */
export function isWhole(here, there) {
  return there !== null && here.waiting === 0 && here.refused === 0 && here.recorded === there.recorded + (there.held ?? 0) && there.recorded === there.received;
}
