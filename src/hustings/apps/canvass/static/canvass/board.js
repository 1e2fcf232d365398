// @ts-check
/**
 * The board: who of the team is at which door, which door comes next for whom, and taking a step back.
 *
 * Pure, and never changed in place: each verb gives a new board. Names stay on the phone (docs/decisions/0084).
 *
 * @import { Door, Standing } from "./types.d.ts"
 * @typedef {{ id: number, name: string, home_at: number | null, side: string }} Teammate ``side``: where they were sent last
 * @typedef {{ who: number, door: number, at: number }} Hand a door that somebody is at, and since when
 * @typedef {{ word: "dealt" | "dealt_all" | "heard" | "taken_back" | "swapped" | "home", who: number, door: number | null, taps: string[], hands: Hand[], home: number[], sides: [number, string][] }} Step what was before, to go back to
 * @typedef {{ turf: number, team: Teammate[], hands: Hand[], steps: Step[] }} Board
 */

/** Doors at one time in one hand. */
export const MOST_DOORS = 3;
export const MOST_STEPS = 40;
export const NAME_LENGTH = 24;
/** For each of the team so many free doors ahead are looked at for one on their own side. */
const AHEAD_EACH = 2;

/** @param {number} turf @returns {Board} */
export const emptyBoard = (turf) => ({ turf, team: [], hands: [], steps: [] });

/**
 * The street of a door, and its side: even numbers or odd; a building is a street of its own, with one side.
 *
 * @param {Door} door
 * @returns {[string, string]}
 */
function placeOf({ building, house }) {
  if (building !== null) return [`building ${building}`, ""];
  const [, number, street] = /^(\d+)\S*\s+(.*)$/.exec(house) ?? [];
  return number ? [street, Number(number) % 2 ? "odd" : "even"] : [house, ""];
}

/** @param {Door} door the street and the side of it, in one word to compare */
export const sideOf = (door) => placeOf(door).join(" ").trim();

/** @param {Board} board @returns {Teammate[]} those who are out now */
export const outNow = (board) => board.team.filter((mate) => mate.home_at === null);

/** @param {Board} board @param {number} who @returns {Hand[]} oldest first */
export const handsOf = (board, who) => board.hands.filter((hand) => hand.who === who);

/** @param {Board} board @param {number} door @returns {Hand | null} */
export const handAt = (board, door) => board.hands.find((hand) => hand.door === door) ?? null;

/**
 * Doors that nobody is at and that are left to do, in walking order.
 *
 * @param {Board} board
 * @param {readonly Door[]} doors
 * @param {Map<number, Standing>} standings
 */
export function freeDoors(board, doors, standings) {
  const taken = new Set(board.hands.map((hand) => hand.door));
  return doors.filter((door) => !taken.has(door.id) && (standings.get(door.id)?.state ?? "left") === "left");
}

/**
 * The next door for somebody: the first free one, or one a little further on when that is on their own side.
 *
 * Whoever has none there gets the side of the first free door's street where the fewest are. How far ahead is
 * looked bounds how far a door can be left behind.
 *
 * @param {Board} board
 * @param {readonly Door[]} free in walking order
 * @param {number} who
 * @returns {Door | null}
 */
export function nextFor(board, free, who) {
  if (!free.length) return null;
  const near = free.slice(0, Math.max(1, outNow(board).length * AHEAD_EACH));
  const mate = board.team.find(({ id }) => id === who);
  const own = mate?.side ? near.find((door) => sideOf(door) === mate.side) : undefined;
  if (own) return own;
  /** @param {Door} door */
  const people = (door) => outNow(board).filter(({ id, side }) => id !== who && side === sideOf(door)).length;
  const [street] = placeOf(near[0]);
  return near.filter((door) => placeOf(door)[0] === street).reduce((best, door) => (people(door) < people(best) ? door : best));
}

// --- verbs -------------------------------------------------------------------------------------------

/** @param {Board} board @param {string} typed @returns {Board} with the name, if it is one */
export function join(board, typed) {
  const name = typed.trim().replace(/\s+/g, " ").slice(0, NAME_LENGTH);
  if (!name) return board;
  const id = Math.max(0, ...board.team.map((mate) => mate.id)) + 1;
  return { ...board, team: [...board.team, { id, name, home_at: null, side: "" }] };
}

/** @param {Board} board @param {Omit<Step, "hands" | "home" | "sides" | "taps"> & { taps?: string[] }} step @param {Partial<Board>} after @returns {Board} */
function stepped(board, step, after) {
  const before = {
    taps: [], ...step,
    hands: board.hands,
    home: board.team.filter((mate) => mate.home_at !== null).map(({ id }) => id),
    sides: board.team.map(({ id, side }) => /** @type {[number, string]} */ ([id, side])),
  };
  return { ...board, ...after, steps: [...board.steps, before].slice(-MOST_STEPS) };
}

/** @param {Board} board @param {Door} door @param {number} who @param {number} now @returns {Board} */
function given(board, door, who, now) {
  const team = board.team.map((mate) => (mate.id === who ? { ...mate, side: sideOf(door) } : mate));
  return { ...board, team, hands: [...board.hands, { who, door: door.id, at: now }] };
}

/** May somebody be sent to one more door? @param {Board} board @param {number} who */
export const mayCarry = (board, who) => outNow(board).some(({ id }) => id === who) && handsOf(board, who).length < MOST_DOORS;

/**
 * Send somebody to a door: the next one for them, or the one that was chosen.
 *
 * @param {Board} board
 * @param {readonly Door[]} free
 * @param {number} who
 * @param {number} now
 * @param {Door | null} [chosen]
 * @returns {Board} the same one where there is no door, or their hands are full
 */
export function deal(board, free, who, now, chosen = nextFor(board, free, who)) {
  if (!chosen || !mayCarry(board, who) || !free.some(({ id }) => id === chosen.id)) return board;
  const { team, hands } = given(board, chosen, who, now);
  return stepped(board, { word: "dealt", who, door: chosen.id }, { team, hands });
}

/** A door to everybody who has none. @param {Board} board @param {readonly Door[]} free @param {number} now @returns {Board} */
export function dealAll(board, free, now) {
  let after = board;
  let left = [...free];
  for (const { id } of outNow(board)) {
    const door = handsOf(after, id).length ? null : nextFor(after, left, id);
    if (!door) continue;
    after = given(after, door, id, now);
    left = left.filter((one) => one.id !== door.id);
  }
  return after === board ? board : stepped(board, { word: "dealt_all", who: 0, door: null }, { team: after.team, hands: after.hands });
}

/**
 * They called back: the door leaves their hand and the next one is theirs.
 *
 * @param {Board} board
 * @param {readonly Door[]} free as it is with that door recorded
 * @param {number} door
 * @param {string[]} taps what was recorded there, to be taken back with this step
 * @param {number} now
 * @returns {Board}
 */
export function calledBack(board, free, door, taps, now) {
  const hand = handAt(board, door);
  if (!hand) return board;
  const rest = { ...board, hands: board.hands.filter((one) => one !== hand) };
  const next = handsOf(rest, hand.who).length ? null : nextFor(rest, free.filter(({ id }) => id !== door), hand.who);
  const after = next && mayCarry(rest, hand.who) ? given(rest, next, hand.who, now) : rest;
  return stepped(board, { word: "heard", who: hand.who, door, taps }, { team: after.team, hands: after.hands });
}

/** Nobody is at this door any more; it is free again. @param {Board} board @param {number} door @returns {Board} */
export function takeDoorBack(board, door) {
  const hand = handAt(board, door);
  return hand ? stepped(board, { word: "taken_back", who: hand.who, door }, { hands: board.hands.filter((one) => one !== hand) }) : board;
}

/**
 * Two of the team change places: all doors of one are the other's now.
 *
 * @param {Board} board @param {number} one @param {number} other @param {number} now @returns {Board}
 */
export function swap(board, one, other, now) {
  const out = new Set(outNow(board).map(({ id }) => id));
  if (one === other || !out.has(one) || !out.has(other)) return board;
  const change = new Map([[one, other], [other, one]]);
  const hands = board.hands.map((hand) => (change.has(hand.who) ? { ...hand, who: change.get(hand.who) ?? hand.who, at: now } : hand));
  const sides = new Map(board.team.map(({ id, side }) => [id, side]));
  const team = board.team.map((mate) => (change.has(mate.id) ? { ...mate, side: sides.get(change.get(mate.id) ?? 0) ?? "" } : mate));
  return stepped(board, { word: "swapped", who: one, door: null }, { team, hands });
}

/** They go home: their doors are free again. @param {Board} board @param {number} who @param {number} now @returns {Board} */
export function goHome(board, who, now) {
  if (!outNow(board).some(({ id }) => id === who)) return board;
  const team = board.team.map((mate) => (mate.id === who ? { ...mate, home_at: now } : mate));
  return stepped(board, { word: "home", who, door: null }, { team, hands: board.hands.filter((hand) => hand.who !== who) });
}

/** They are out again. @param {Board} board @param {number} who @returns {Board} */
export const comeOut = (board, who) => ({ ...board, team: board.team.map((mate) => (mate.id === who ? { ...mate, home_at: null } : mate)) });

/** The last step, which can be taken back. @param {Board} board @returns {Step | null} */
export const lastStep = (board) => board.steps.at(-1) ?? null;

/**
 * As it was before the last step. Whoever joined since stays; what was recorded is the caller's to take back.
 *
 * @param {Board} board
 * @param {number} now
 * @returns {Board}
 */
export function stepBack(board, now) {
  const step = lastStep(board);
  if (!step) return board;
  const home = new Set(step.home);
  const sides = new Map(step.sides);
  const team = board.team.map((mate) => (sides.has(mate.id) ? { ...mate, side: sides.get(mate.id) ?? "", home_at: home.has(mate.id) ? (mate.home_at ?? now) : null } : mate));
  return { ...board, team, hands: step.hands, steps: board.steps.slice(0, -1) };
}

/**
 * Without doors that are not on the walk any more.
 *
 * @param {Board} board
 * @param {readonly Door[]} doors
 * @returns {Board}
 */
export function onlyOn(board, doors) {
  const here = new Set(doors.map(({ id }) => id));
  return board.hands.every(({ door }) => here.has(door)) ? board : { ...board, hands: board.hands.filter(({ door }) => here.has(door)) };
}
