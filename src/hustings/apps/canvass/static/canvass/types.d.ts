/** The shapes that the phone and the server both speak; tests/apps/canvass/test_app_shapes.py keeps them equal. */

export type Kind =
  | "no_answer" | "no_access" | "answered" | "refused" | "moved" | "deceased"
  | "do_not_contact" | "hostile" | "language" | "come_back" | "undo"
  | "delivered" | "part" | "not_delivered" | "left_over";

/** What the round of a walk is, and how fine what is heard there is kept at all. */
export type Round = "canvass" | "leaflet" | "poster" | "turn_out";
export type Keeps = "counts" | "household" | "person";

/** What is sent: one outcome of one attempt, never changed once it is made. */
export interface Report {
  id: string;
  format?: number;
  sequence: number;
  turf: number;
  door?: number;
  kind: Kind;
  channel?: string;
  person?: number;
  met?: string;
  support?: string;
  strength?: number;
  language?: string;
  come_back_at?: string;
  wording_version?: number;
  occurred_at: string;
  corrects?: string;
  after?: string;
  replaces?: string;
  left_over?: number;
  /** Codes of what was wished for, with a space between two, and what it is about. */
  wishes?: string;
  wish_note?: string;
  card_left?: boolean;
  app?: string;
}

/** What the phone says of itself with every batch. */
export interface Header {
  format: number;
  device?: string;
  sent_at: string;
  first: number;
  newest: number;
  unsent: number;
  app: string;
}

/** Somebody met at a door who is not on the register; the id is made here. */
export interface Somebody {
  id: string;
  door: number;
  forename: string;
  surname: string;
}

/** What was begun at a door and not said yet: it is kept, so that a page that is killed loses no name. */
export interface Draft {
  people: Somebody[];
  adding: boolean;
  forename: string;
  surname: string;
  asking: string;
  language: string;
}

/** Where an event stands: here only; there; kept there for an organiser; not taken, and kept here. */
export type State = "waiting" | "accepted" | "late" | "clash" | "erased" | "refused";

/** An event on this phone. `address` and `answer` are all that is shown of it once its walk is gone. */
export interface Entry {
  id: string;
  order?: number;
  tap: string;
  turf: number;
  door: number;
  state: State;
  message: string;
  address: string;
  answer: string;
  somebody?: Somebody;
  event: Report;
}

/** An entry before it has its number in line. */
export type Fresh = Omit<Entry, "order" | "event"> & { event: Omit<Report, "sequence"> };

export interface Verdict {
  id: string;
  state: State;
  message: string;
}

/** What came of one request: an answer for each event, or why there is none. */
export type Answer =
  | { what: "answered"; verdicts: { id: string; status: string; message: string }[] }
  | { what: "unreachable" }
  | { what: "signed-out" }
  | { what: "outdated" }
  | { what: "unreadable"; message: string };

/** An event of this phone that the server knows and counts. */
export interface Mine {
  id: string;
  person: number | null;
  met: string | null;
  kind: Kind;
  support: string;
  strength: number | null;
  wording?: number;
  wishes?: string;
  wish_note?: string;
  /** It went into a sum: nothing says at which door. */
  counted?: boolean;
}

export interface Person {
  id: number;
  name: string;
  met: string | null;
  absent: string;
  stopped: string;
}

export interface Door {
  id: number;
  stop: number;
  address: string;
  label: string;
  house: string;
  street: string;
  number: string;
  floor: number;
  building: number | null;
  building_name: string;
  access_note: string;
  hazard_note: string;
  elsewhere: "" | "out" | "back" | "done";
  /** The newest event there of any phone, as the server knew it, and when this phone was told of it. */
  newest: string;
  told_at?: number;
  mine: Mine[];
  people: Person[];
}

export interface Choice {
  code: string;
  label: string;
  shade: string;
}

export interface Wording {
  version: number;
  text: string;
  as_parties: boolean;
  choices: Choice[];
  /** Where the script has branches, or other languages. */
  steps?: ScriptStep[];
  languages?: ScriptLanguage[];
}

/** What is left out of a step is what it usually is: no answers, on to the end, asked of everybody. */
export interface ScriptStep {
  name: string;
  say: string;
  answers?: ScriptAnswer[];
  then?: string;
  sensitivity?: string;
}

export interface ScriptAnswer {
  label: string;
  leads_to?: string;
  holds?: string;
  code?: string;
}

/** Words by a step's name, and `name/0` for its first answer; an answer keeps the mark. */
export interface ScriptLanguage {
  code: string;
  name: string;
  mark: string;
  texts: Record<string, string>;
}

/**
 * One walk as it lies on the phone, with when and for how long it was given.
 *
 * `knock` is 0 but on polling day; `behind` is what this phone recorded that no door of the list shows by now;
 * `position` and `marked` are where the next question for changes goes on from; `stale` says that it is to be fetched whole.
 */
export interface Walk {
  turf: number;
  number: number;
  name: string;
  round: Round;
  keeps: Keeps;
  minutes: number;
  metres: number;
  seconds_left: number;
  map: string;
  wording: Wording;
  doors: Door[];
  knock: number;
  behind: { door: number; mine: Mine[] }[];
  position: number;
  marked?: string;
  stale?: boolean;
  etag: string;
  fetched_at: number;
  whole_at: number;
}

/** What changed on a walk since this phone last asked; of a walk that is over, nothing but that. */
export interface Changes {
  over: string;
  erased: number[];
  position: number;
  doors: { id: number; elsewhere: Door["elsewhere"]; newest: string }[];
  gone: number[];
  doors_on_walk: number[];
  wording: number;
  seconds_left: number;
  knock?: { number: number; people: Record<number, number[]> };
}

/** What a walk's map is drawn of: whole millionths of a degree, each place as the step from the one before. */
export interface Ground {
  turf: number;
  mark: string;
  middle: [number, number];
  doors: [id: number, x: number, y: number][];
  route: number[];
  streets: [name: string, kind: number, line: number[]][];
  houses: number[][];
  credit: string;
}

export interface WalkInList {
  turf: number;
  number: number;
  name: string;
  doors: number;
}

/** Who the phone is, and what it carries, as the server says. */
export interface Carried {
  phone: { label: string; id: string; sequence: number } | null;
  walks: WalkInList[];
  questions?: PutQuestion[];
}

/** What an organiser asks about answers of this phone, until it has replied. */
export interface PutQuestion {
  id: number;
  turf: number;
  text: string;
}

export interface Receipt {
  number: number;
  name: string;
  recorded: number;
  received: number;
  held?: number;
  contacts: number;
  answers: number;
  come_back: number;
  left_over: number | null;
  first_at: string | null;
  last_at: string | null;
  returned_at: string | null;
}

/** What a door says by now: the word of the list, and what this phone recorded that counts, oldest first. */
export interface Standing {
  state: "left" | "out" | "back" | "done";
  mine: (Mine & { tap: string; answer: string })[];
}

/** A store of entries; the outbox needs no more of it. */
export interface Outbox {
  oldest(most: number): Promise<Entry[]>;
  settle(verdicts: Verdict[]): Promise<void>;
}

/** The words of the app, each a sentence or its forms by number. */
export type Words = Record<string, string | Record<string, string>>;
