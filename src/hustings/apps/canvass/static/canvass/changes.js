// @ts-check
/**
 * What others did on a walk while this phone had it: what the light answer makes of the phone's own copy.
 *
 * Pure. Whatever it cannot tell from the answer alone makes the walk stale, so that it is fetched whole.
 *
 * @import { Changes, Door, Entry, Walk } from "./types.d.ts"
 */

/**
 * @param {Walk} walk
 * @param {Changes} said
 * @param {number} now milliseconds by this phone's clock
 * @returns {Walk}
 */
export function changed(walk, said, now) {
  const heard = new Map(said.doors.map((door) => [door.id, door]));
  const { doors, stale } = withoutErased(walk.doors, new Set(said.erased));
  const listed = said.knock ? new Set(Object.keys(said.knock.people).map(Number)) : null;
  const left = new Set([...said.gone, ...(listed ? doors.filter(({ id }) => !listed.has(id)).map(({ id }) => id) : [])]);
  const stay = doors
    .filter(({ id }) => !left.has(id))
    .map((door) => told(door, heard.get(door.id), now))
    .map((door) => (said.knock ? { ...door, people: door.people.filter(({ id }) => said.knock?.people[door.id]?.includes(id)) } : door));
  const behind = doors.filter(({ id, mine }) => left.has(id) && mine.length).map(({ id, mine }) => ({ door: id, mine }));
  return {
    ...walk,
    doors: stay,
    behind: [...walk.behind, ...behind],
    position: said.position,
    seconds_left: said.seconds_left,
    fetched_at: now,
    stale: Boolean(walk.stale) || stale || said.wording !== walk.wording.version || lacks(stay, said, walk.knock),
  };
}

/** @param {Door} door @param {Changes["doors"][number] | undefined} heard @param {number} now @returns {Door} */
const told = (door, heard, now) => (heard ? { ...door, elsewhere: heard.elsewhere, newest: heard.newest, told_at: now } : door);

/** Whether doors or people are on the walk by now that this copy does not have. @param {Door[]} doors @param {Changes} said @param {number} knock */
function lacks(doors, said, knock) {
  if (!said.knock) {
    const has = new Set(doors.map(({ id }) => id));
    return knock !== 0 || has.size !== said.doors_on_walk.length || said.doors_on_walk.some((id) => !has.has(id));
  }
  if (said.knock.number !== knock) return true;
  const here = new Map(doors.map(({ id, people }) => [id, new Set(people.map((person) => person.id))]));
  const gone = new Set(said.gone);
  return Object.entries(said.knock.people).some(([door, people]) => !gone.has(Number(door)) && people.some((person) => !here.get(Number(door))?.has(person)));
}

/** Names go at once; how the doors stand without them is the server's to say. @param {Door[]} doors @param {ReadonlySet<number>} erased */
function withoutErased(doors, erased) {
  let stale = false;
  const kept = doors.map((door) => {
    const people = door.people.filter(({ id }) => !erased.has(id));
    const mine = door.mine.map((one) => (one.person !== null && erased.has(one.person) ? { ...one, person: null, met: null, support: "", strength: null } : one));
    if (people.length === door.people.length && mine.every((one, place) => one === door.mine[place])) return door;
    stale = true;
    return { ...door, people, mine };
  });
  return { doors: kept, stale };
}

/**
 * Entries about people who were erased: what this phone keeps of them by now; null where nothing.
 *
 * One that waits is sent all the same, without a name: the server answers that nothing is kept, and so its
 * number in line is no gap.
 *
 * @param {readonly Entry[]} entries
 * @param {Walk | undefined} walk as it lay here before
 * @param {readonly number[]} erased
 * @returns {Map<string, Entry | null>} by the entry's id; those that stay as they are are not there
 */
export function forgotten(entries, walk, erased) {
  const gone = new Set(erased);
  const met = new Set(walk?.doors.flatMap((door) => door.people.filter(({ id }) => gone.has(id)).map((person) => person.met)).filter(Boolean));
  /** @type {Map<string, Entry | null>} */
  const found = new Map();
  for (const entry of entries) {
    const { person, met: somebody } = entry.event;
    if (!((person !== undefined && gone.has(person)) || (somebody && met.has(somebody)))) continue;
    const { somebody: _name, ...rest } = entry;
    if (entry.state !== "waiting") found.set(entry.id, null);
    else if (entry.somebody) found.set(entry.id, rest);
  }
  return found;
}
