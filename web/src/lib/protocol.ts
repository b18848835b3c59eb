// Printed by `make types` from the server's structs. Do not edit.


export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Form = { [key: string]: Json };
export type Patch = { [id: string]: Form | null };

export type Role = "facilitator" | "secretary" | "participant" | "viewer" | "commenter" | "reporter" | "system";

export type May = "desk.fill" | "people.join" | "people.leave" | "desk.edit" | "agenda.run" | "notes.add" | "notes.edit" | "notes.move" | "notes.remove" | "notes.reveal" | "notes.group" | "measures.propose" | "goals.propose" | "goals.promote" | "card.edit" | "figures.edit" | "votes.cast" | "memo.edit" | "card.comment" | "card.approve" | "card.publish" | "actuals.report" | "minutes.edit";

export type Whose = "own" | "organisation" | "all";

export type Shows = "name" | "organisation" | "nothing";

export type Late = "refuse" | "mark" | "park";

export type Advance = "hand" | "clock";

export type Screen = "section" | "board" | "card" | "results" | "blank";

export type SectionState = "planned" | "open" | "closed" | "skipped";

export type MeasureState = "proposed" | "withdrawn" | "accepted" | "parked" | "rejected" | "merged";

export type GoalState = "suggested" | "on_card" | "parked";

export type FigureStatus = "placeholder" | "unconfirmed" | "confirmed";

export type On = "notes" | "clusters" | "measures" | "goals";

export type RoundKind = "dots" | "rating";

export type RoundState = "planned" | "open" | "closed";

export type Reveals = "hand" | "end";

export type Direction = "more" | "less" | "neutral";

export type Level = "input" | "output" | "outcome" | "impact";

export type CardState = "luonnos" | "kommentoitavana" | "hyvaksytty" | "julkaistu";

export type CommentState = "open" | "accepted" | "rejected" | "parked";

export type TextKind = "feature" | "strength" | "challenge" | "both";

export type PauseReason = "store_away" | "disk" | "memory";

export const MAX_NOTE_CHARACTERS = 2000;
export const MAX_TITLE_CHARACTERS = 200;
export const MAX_NAME_CHARACTERS = 60;
export const MAX_GOAL_CHARACTERS = 500;
export const MAX_CARD_TEXT_CHARACTERS = 1000;
export const MAX_PERIOD_CHARACTERS = 40;
export const MAX_UNIT_CHARACTERS = 40;
export const MAX_MEANING_CHARACTERS = 500;
export const MAX_REASON_CHARACTERS = 500;
export const MIN_TARGET_YEAR = 2000;
export const MAX_TARGET_YEAR = 2100;
export const MAX_COMMENT_CHARACTERS = 2000;
export const MAX_NOTES_ON_DESK = 10000;
export const GOALS_PER_NETWORK = 2;
export const GRACE_S = 30;
export const MAX_ANNOUNCEMENT_CHARACTERS = 280;
export const MAX_MINUTES_CHARACTERS = 5000;
export const MAX_ROWS = 500;
export const MAX_DOTS = 10;
export const MAX_HALL_DOTS = 1000;
export const MAX_ACTUALS_AT_ONCE = 500;
export const MAX_ACTUAL_CHARACTERS = 500;
export const MIN_STATUSES = 2;
export const MAX_STATUSES = 8;
export const FIRST_YEAR = 2000;
export const LAST_YEAR = 2100;
export const MAX_FRAME_BYTES = 65536;
export const BOARD_EDGE = 100000;
export const SUBPROTOCOL = "etatyopoyta.v1";

export const CLOSING = {
  "GOING_AWAY": 1012,
  "TOO_BIG": 1009,
  "MALFORMED": 4400,
  "NO_SESSION": 4401,
  "NOT_YOURS": 4403,
  "NO_DESK": 4404,
  "NO_HELLO": 4408,
  "REMOVED": 4410,
  "TOO_SLOW": 4409,
  "TOO_MANY": 4429,
  "OUR_FAULT": 4500
};

/** What a role may do whatever section is open. */
export const ALWAYS: Record<Role, Partial<Record<May, Whose>>> = {
  "system": {
    "desk.fill": "all",
    "people.join": "all",
    "desk.edit": "all",
    "agenda.run": "all"
  },
  "facilitator": {
    "people.leave": "all",
    "desk.edit": "all",
    "agenda.run": "all",
    "notes.add": "all",
    "notes.edit": "all",
    "notes.move": "all",
    "notes.remove": "all",
    "notes.reveal": "all",
    "notes.group": "all",
    "measures.propose": "all",
    "goals.propose": "all",
    "goals.promote": "all",
    "card.edit": "all",
    "figures.edit": "all",
    "votes.cast": "all",
    "memo.edit": "all",
    "card.comment": "all",
    "card.approve": "all",
    "card.publish": "all",
    "actuals.report": "all",
    "minutes.edit": "all"
  },
  "secretary": {
    "people.leave": "all",
    "measures.propose": "all",
    "goals.propose": "all",
    "goals.promote": "all",
    "card.edit": "all",
    "figures.edit": "all",
    "card.comment": "all",
    "card.approve": "all",
    "card.publish": "all",
    "actuals.report": "all",
    "minutes.edit": "all"
  },
  "participant": {
    "people.leave": "all",
    "votes.cast": "all",
    "memo.edit": "all",
    "card.comment": "all",
    "card.approve": "all",
    "actuals.report": "all"
  },
  "viewer": {},
  "commenter": {
    "card.comment": "all"
  },
  "reporter": {
    "actuals.report": "all"
  }
};

export const FROM_SECTION: readonly Role[] = [
  "participant"
];

export const LEFT_TO_MUTED: readonly May[] = [
  "memo.edit",
  "people.leave"
];

export const FROZEN_IN: readonly CardState[] = [
  "hyvaksytty",
  "julkaistu"
];

/** By kind of record: the fields that are frozen in these states of the card. */
export const WORDING = {
  "card": [
    "title",
    "report",
    "period",
    "sections"
  ],
  "text": [
    "id",
    "section",
    "order",
    "text",
    "kind",
    "source",
    "version"
  ],
  "figure": [
    "id",
    "section",
    "group",
    "order",
    "label",
    "value",
    "unit",
    "as_of",
    "region",
    "source",
    "source_ref",
    "status",
    "remark",
    "version",
    "made_in",
    "retrieved_ms",
    "entered_by"
  ],
  "goal": [
    "state",
    "focus_area",
    "network",
    "text"
  ],
  "network": [
    "order",
    "name"
  ]
} as const;

/** The permission that each command needs. */
export const NEEDS: Record<Command['t'], May> = {
  "desk.fill": "desk.fill",
  "desk.name": "desk.edit",
  "desk.shows": "desk.edit",
  "desk.late": "desk.edit",
  "network.name": "desk.edit",
  "organisation.add": "desk.edit",
  "organisation.edit": "desk.edit",
  "person.join": "people.join",
  "person.leave": "people.leave",
  "person.remove": "desk.edit",
  "person.mute": "desk.edit",
  "person.move": "desk.edit",
  "desk.lock": "desk.edit",
  "section.open": "agenda.run",
  "section.close": "agenda.run",
  "section.extend": "agenda.run",
  "section.pause": "agenda.run",
  "section.resume": "agenda.run",
  "section.advance": "agenda.run",
  "desk.advance": "agenda.run",
  "workshop.date": "agenda.run",
  "workshop.continue": "agenda.run",
  "screen.show": "agenda.run",
  "screen.freeze": "agenda.run",
  "desk.gather": "agenda.run",
  "desk.let_go": "agenda.run",
  "cluster.spotlight": "agenda.run",
  "desk.announce": "agenda.run",
  "section.add": "agenda.run",
  "section.edit": "agenda.run",
  "section.move": "agenda.run",
  "section.remove": "agenda.run",
  "section.skip": "agenda.run",
  "section.give": "agenda.run",
  "note.add": "notes.add",
  "note.edit": "notes.edit",
  "note.move": "notes.move",
  "note.unpark": "desk.edit",
  "note.remove": "notes.remove",
  "note.reveal": "notes.reveal",
  "memo.add": "memo.edit",
  "memo.edit": "memo.edit",
  "memo.remove": "memo.edit",
  "memo.undo": "memo.edit",
  "memo.keep": "memo.edit",
  "memo.post": "notes.add",
  "area.add": "desk.edit",
  "area.edit": "desk.edit",
  "area.remove": "desk.edit",
  "round.add": "agenda.run",
  "round.edit": "agenda.run",
  "round.remove": "agenda.run",
  "round.open": "agenda.run",
  "round.close": "agenda.run",
  "vote.cast": "votes.cast",
  "vote.rate": "votes.cast",
  "vote.hall": "agenda.run",
  "cluster.make": "notes.group",
  "cluster.add": "notes.group",
  "cluster.take_out": "notes.group",
  "cluster.name": "notes.group",
  "cluster.move": "notes.group",
  "cluster.merge": "notes.group",
  "cluster.split": "notes.group",
  "cluster.dissolve": "notes.group",
  "measure.propose": "measures.propose",
  "measure.edit": "measures.propose",
  "measure.withdraw": "measures.propose",
  "measure.accept": "goals.promote",
  "measure.park": "goals.promote",
  "measure.reject": "goals.promote",
  "measure.reopen": "goals.promote",
  "measure.merge": "goals.promote",
  "measure.unmerge": "goals.promote",
  "goal.promote": "goals.promote",
  "goal.merge": "goals.promote",
  "goal.suggest": "goals.propose",
  "goal.place": "goals.promote",
  "goal.park": "goals.promote",
  "goal.remove": "goals.promote",
  "goal.edit": "goals.promote",
  "network.limit": "desk.edit",
  "card.edit": "card.edit",
  "card.heading": "card.edit",
  "text.add": "card.edit",
  "text.edit": "card.edit",
  "text.move": "card.edit",
  "text.remove": "card.edit",
  "figure.set": "figures.edit",
  "actual.set": "actuals.report",
  "actuals.import": "actuals.report",
  "actual.remove": "actuals.report",
  "desk.statuses": "desk.edit",
  "figure.add": "figures.edit",
  "figure.remove": "figures.edit",
  "figures.import": "figures.edit",
  "minutes.write": "minutes.edit",
  "network.approvers": "desk.edit",
  "approval.give": "card.approve",
  "approval.take_back": "card.approve",
  "comment.add": "card.comment",
  "comment.handle": "card.publish",
  "comment.remove": "card.comment",
  "card.state": "card.publish",
  "card.publish": "card.publish",
  "card.reopen": "card.publish",
  "version.withdraw": "card.publish"
};

/** A text in the desk's languages; a missing one falls back to Finnish. */
export interface Text {
  fi: string;
  sv?: string;
  en?: string;
}

/** A priority that the wellbeing services county sets for the period. */
export interface FocusArea {
  key: string;
  number: number;
  name: Text;
}

/** One word of a vocabulary that the template sets (a status, an age group). */
export interface Choice {
  key: string;
  name: Text;
}

/** A place on the board, in CSS pixels at zoom 1. */
export interface Point {
  x: number;
  y: number;
}

/** A view that everybody was brought to. */
export interface Gathering {
  view: string;
  at?: Point;
  width?: number;
  since_ms: number;
}

/** The desk itself and the vocabulary that its template sets. */
export interface DeskInfo {
  t: "desk";
  id: string;
  title: Text;
  council: Text;
  timezone: string;
  template: string;
  workshop: string;
  shows: Shows;
  focus_areas: FocusArea[];
  age_groups: Choice[];
  statuses: Choice[];
  late?: Late;
  advance?: Advance;
  grace_s?: number;
  screen?: Screen;
  announcement?: string;
  is_locked?: boolean;
  gathering?: Gathering;
  spotlight?: string;
  is_frozen?: boolean;
  is_rehearsal?: boolean;
  screen_area?: string;
}

/** One of the networks that set goals; `name` is None for a slot to be named. */
export interface Network {
  t: "network";
  id: string;
  order: number;
  name?: Text;
  is_example: boolean;
  limits: { [key: string]: number };
  approvers?: string[];
}

/** One of the series. */
export interface Workshop {
  t: "workshop";
  id: string;
  number: number;
  title: Text;
  date?: string;
}

/** Material behind a section; `url` is https or None while it is not known. */
export interface Link {
  title: Text;
  url?: string;
}

/** A timed part of the agenda, and what participants may do while it is open. */
export interface Section {
  t: "section";
  id: string;
  workshop: string;
  order: number;
  title: Text;
  kind: string;
  starts_at: number;
  minutes: number;
  instruction?: Text;
  links: Link[];
  grants: Partial<Record<May, Whose>>;
  state: SectionState;
  started_ms?: number;
  ends_ms?: number;
  closed_ms?: number;
  given?: number;
  is_private?: boolean;
  revealed_ms?: number;
  left_ms?: number;
  speaker_notes?: string;
  areas?: string[];
  reveals?: Reveals;
}

/** An organisation that takes part. */
export interface Organisation {
  t: "organisation";
  id: string;
  name: string;
  network?: string;
}

/** Somebody who takes part. Names are kept outside the log. */
export interface Person {
  t: "person";
  id: string;
  role: Role;
  organisation?: string;
  has_left: boolean;
  is_member?: boolean;
  is_muted?: boolean;
  removed_ms?: number;
  came_by?: string;
}

/** A sticky note: an indicator in use, with at least its name. */
export interface Note {
  t: "note";
  id: string;
  workshop: string;
  text: string;
  at: Point;
  author?: string;
  organisation?: string;
  shows: Shows;
  is_hidden: boolean;
  cluster?: string;
  unit?: string;
  source?: string;
  interval?: string;
  target_group?: string;
  version: number;
  created_ms: number;
  late?: string;
  parked_ms?: number;
}

/** Notes that belong together. Membership stands on the notes. */
export interface Cluster {
  t: "cluster";
  id: string;
  workshop: string;
  title: string;
  at: Point;
}

/** What the merge of a measure into another one changed, so that it can be undone. */
export interface Merge {
  state: MeasureState;
  clusters: string[];
  notes: string[];
  goals: { [key: string]: string[] };
}

/** What clusters say, in words that can be counted. */
export interface Measure {
  t: "measure";
  id: string;
  name: string;
  state: MeasureState;
  clusters: string[];
  notes: string[];
  unit?: string;
  version: number;
  created_ms: number;
  name_sv?: string;
  meaning?: string;
  source?: string;
  collection?: string;
  interval?: string;
  owner?: string;
  direction?: Direction;
  baseline?: number;
  baseline_as_of?: string;
  target?: number;
  target_year?: number;
  level?: Level;
  age_groups?: string[];
  indicator?: string;
  reason?: string;
  merged_into?: string;
  merge?: Merge;
}

/** A row of the card: what a network aims at under a focus area. */
export interface Goal {
  t: "goal";
  id: string;
  focus_area: string;
  network: string;
  text: string;
  state: GoalState;
  measures: string[];
  actual?: string;
  status?: string;
  version: number;
  created_ms: number;
  age_groups?: string[];
  owner?: string;
  reason?: string;
}

/** A heading of the card, in the order of the slides. */
export interface CardSection {
  key: string;
  kind: string;
  title: Text;
  focus_area?: string;
  period?: string;
}

/** The organisation card. */
export interface Card {
  t: "card";
  id: string;
  title: Text;
  report: Text;
  period?: string;
  state: string;
  sections: CardSection[];
  comments_until?: string;
  version?: number;
  reason?: string;
}

/** A line of text on the card, written together. */
export interface CardText {
  t: "text";
  id: string;
  section: string;
  order: number;
  text: string;
  kind?: string;
  source?: string;
  version: number;
}

/** A dated and sourced statistic; `value` is None while it is missing. */
export interface Figure {
  t: "figure";
  id: string;
  section: string;
  group?: string;
  order: number;
  label: Text;
  value?: number;
  unit?: string;
  as_of?: string;
  region?: string;
  source?: string;
  source_ref?: string;
  status: FigureStatus;
  remark?: Text;
  version: number;
  made_in?: string;
  retrieved_ms?: number;
  entered_by?: string;
}

/** A round of voting. */
export interface Round {
  t: "round";
  id: string;
  workshop: string;
  title: string;
  on: On;
  kind: RoundKind;
  dots: number;
  cap: number;
  is_secret: boolean;
  state: RoundState;
  section?: string;
  opened_ms?: number;
  closed_ms?: number;
}

/** What one voter, or the people in the hall, say of one target. */
export interface Vote {
  t: "vote";
  id: string;
  round: string;
  target: string;
  dots?: number;
  importance?: number;
  feasibility?: number;
  voter?: string;
  organisation?: string;
  shows: Shows;
  is_hidden: boolean;
  is_in_hall?: boolean;
  via?: string[];
}

/** An indicator on the private memo of an organisation, or of a person without one. */
export interface MemoRow {
  t: "row";
  id: string;
  workshop: string;
  text: string;
  author?: string;
  organisation?: string;
  unit?: string;
  source?: string;
  interval?: string;
  target_group?: string;
  note?: string;
  batch?: string;
  dropped_ms?: number;
  version: number;
  created_ms: number;
}

/** A titled zone of the board; what lies in it lies there by its place. */
export interface Area {
  t: "area";
  id: string;
  workshop: string;
  title: string;
  at: Point;
  width: number;
  height: number;
  is_closed?: boolean;
}

/** What somebody says about a row of the card. */
export interface Comment {
  t: "comment";
  id: string;
  about: string;
  text: string;
  author?: string;
  organisation?: string;
  state: CommentState;
  answer?: string;
  is_flag?: boolean;
  created_ms: number;
  handled_ms?: number;
}

/** An approver of a network agrees to the wording of a goal. It lapses when that changes. */
export interface Approval {
  t: "approval";
  id: string;
  network: string;
  goal: string;
  by: string;
  wording: string;
  at_ms: number;
}

/** A published card: the one that stood on the desk at the entry that made this record. */
export interface CardVersion {
  t: "version";
  id: string;
  number: number;
  published_ms: number;
  by?: string;
  withdrawn_ms?: number;
  withdrawn_why?: string;
}

/** What was reached (toteuma) of a measure in a year, by one organisation or by all. */
export interface Actual {
  t: "actual";
  id: string;
  measure: string;
  year: number;
  organisation?: string;
  value?: number;
  text?: string;
  as_of?: string;
  source?: string;
  by?: string;
  created_ms: number;
  version: number;
}

/** What the secretary writes in the minutes of a workshop, above what the log says. */
export interface MinutesText {
  t: "minutes";
  id: string;
  workshop: string;
  section?: string;
  text: string;
  version: number;
}

export type AnyRecord =
  | DeskInfo
  | Network
  | Workshop
  | Section
  | Organisation
  | Person
  | Note
  | Cluster
  | Measure
  | Goal
  | Card
  | CardText
  | Figure
  | Round
  | Vote
  | MemoRow
  | Area
  | Comment
  | Approval
  | CardVersion
  | Actual
  | MinutesText;

/** Put records on a new desk, as a template or an export has them. Only the server says this. */
export interface FillDesk {
  t: "desk.fill";
  records: (DeskInfo | Network | Workshop | Section | Organisation | Person | Note | Cluster | Measure | Goal | Card | CardText | Figure | Round | Vote | MemoRow | Area | Comment | Approval | CardVersion | Actual | MinutesText)[];
}

/** Give the desk another title. */
export interface NameDesk {
  t: "desk.name";
  title: Text;
}

/** Say what others learn of the authors of notes. */
export interface SetAnonymity {
  t: "desk.shows";
  shows: Shows;
}

/** Say what becomes of acts that arrive after their section was closed. */
export interface SetLateRule {
  t: "desk.late";
  late: Late;
}

/** Name a network; a name that somebody gave is no example any more. */
export interface NameNetwork {
  t: "network.name";
  network: string;
  name: Text | null;
}

/** Add an organisation. */
export interface AddOrganisation {
  t: "organisation.add";
  id: string;
  name: string;
  network?: string | null;
}

/** Change an organisation's name and network (P1). */
export interface EditOrganisation {
  t: "organisation.edit";
  id: string;
  name: string;
  network: string | null;
}

/** Take part. Only the server says this, after it has checked a code or link. */
export interface Join {
  t: "person.join";
  id: string;
  role: Role;
  organisation?: string | null;
  is_member?: boolean;
  came_by?: string | null;
}

/** Leave the desk for good on this device. The notes stay. */
export interface Leave {
  t: "person.leave";
}

/** Send somebody away: their pages are closed and they do not come in again. Notes stay. */
export interface RemovePerson {
  t: "person.remove";
  person: string;
  is_removed?: boolean;
}

/** Let somebody look on only, or let them take part again. */
export interface MutePerson {
  t: "person.mute";
  person: string;
  is_muted: boolean;
}

/** Say to which organisation somebody belongs. */
export interface MovePerson {
  t: "person.move";
  person: string;
  organisation: string | null;
}

/** Let nobody new in, or open the door again (P7). */
export interface LockDesk {
  t: "desk.lock";
  is_locked: boolean;
}

/** Start a section, or start it again. */
export interface OpenSection {
  t: "section.open";
  section: string;
}

/** End a section. Nothing is open after it until another one is opened. */
export interface CloseSection {
  t: "section.close";
  section: string;
}

/** Move the end of the open section by minutes; fewer minutes shorten it. */
export interface ExtendSection {
  t: "section.extend";
  section: string;
  minutes: number;
}

/** Stop the clock of the open section. Its rights go on: people may finish what they write. */
export interface PauseSection {
  t: "section.pause";
  section: string;
}

/** Let the clock of the open section go on. */
export interface ResumeSection {
  t: "section.resume";
  section: string;
}

/** Go on to what comes after the open section. */
export interface AdvanceAgenda {
  t: "section.advance";
  section: string;
  ends_ms: number;
}

/** Say who goes on to the next section: facilitators by hand, or the clock after a grace. */
export interface SetAdvance {
  t: "desk.advance";
  advance: Advance;
  grace_s: number;
}

/** Say on which day a workshop is held; None while it is not known. */
export interface SetWorkshopDate {
  t: "workshop.date";
  workshop: string;
  date: string | null;
}

/** Plan a workshop as the one before it: its agenda and areas, with what was agreed first. */
export interface ContinueWorkshop {
  t: "workshop.continue";
  workshop: string;
  after: string;
  review: string;
  sections: { [key: string]: string };
  areas?: { [key: string]: string };
}

/** Choose what the projector shows: its board fitted to an area, where one is named. */
export interface ShowOnScreen {
  t: "screen.show";
  screen: Screen;
  area?: string | null;
}

/** Let the projector go on showing what it shows now, whatever happens on the desk. */
export interface FreezeScreen {
  t: "screen.freeze";
  is_frozen: boolean;
}

/** Bring everybody to a view, and to a part of the board. */
export interface GatherAll {
  t: "desk.gather";
  view: "board" | "card" | "list" | "results";
  at?: Point | null;
  width?: number | null;
}

/** Let everybody go where they like. */
export interface LetGo {
  t: "desk.let_go";
}

/** Let everybody look at a cluster, on every board and on the projector; None at no one. */
export interface Spotlight {
  t: "cluster.spotlight";
  cluster: string | null;
}

/** Say something to everybody, on every page and on the projector. */
export interface Announce {
  t: "desk.announce";
  text: string | null;
}

/** Plan a section, before another one or as the last of the workshop. */
export interface AddSection {
  t: "section.add";
  id: string;
  workshop: string;
  title: Text;
  kind: string;
  minutes: number;
  grants: Partial<Record<May, Whose>>;
  before?: string | null;
  instruction?: Text | null;
  is_private?: boolean;
  speaker_notes?: string | null;
  reveals?: Reveals | null;
}

/** Change what is planned for a section; what is not named stays. */
export interface EditSection {
  t: "section.edit";
  section: string;
  title?: Text;
  kind?: string;
  starts_at?: number;
  minutes?: number;
  instruction?: Text | null;
  grants?: Partial<Record<May, Whose>>;
  is_private?: boolean;
  speaker_notes?: string | null;
  areas?: string[] | null;
  reveals?: Reveals | null;
}

/** Hold a section before another one, or last. */
export interface MoveSection {
  t: "section.move";
  section: string;
  before: string | null;
}

/** Take a section off the agenda; what comes after it moves up. */
export interface RemoveSection {
  t: "section.remove";
  section: string;
}

/** Pass a planned section over, or take it back into the agenda. Its plan stays. */
export interface SkipSection {
  t: "section.skip";
  section: string;
  is_skipped?: boolean;
}

/** Give planned sections more or fewer minutes than was planned, so that the day ends in time. */
export interface GiveMinutes {
  t: "section.give";
  minutes: { [key: string]: number };
}

/** Put a note on the board of the current workshop. */
export interface AddNote {
  t: "note.add";
  id: string;
  text: string;
  at: Point;
  organisation?: string | null;
  unit?: string | null;
  source?: string | null;
  interval?: string | null;
  target_group?: string | null;
}

/** Change a note's text or details. */
export interface EditNote {
  t: "note.edit";
  id: string;
  base: number;
  text?: string;
  unit?: string | null;
  source?: string | null;
  interval?: string | null;
  target_group?: string | null;
}

/** Put notes somewhere else on the board. Cluster and parking are not touched. */
export interface MoveNotes {
  t: "note.move";
  to: { [key: string]: Point };
}

/** Take notes that were put aside onto the board. */
export interface UnparkNotes {
  t: "note.unpark";
  to: { [key: string]: Point };
}

/** Take notes off the board. They stay in the history. */
export interface RemoveNotes {
  t: "note.remove";
  notes: string[];
}

/** Show everybody what was written in private. It cannot be undone: what was seen was seen. */
export interface RevealNotes {
  t: "note.reveal";
  workshop: string;
}

/** A row to be written. Only the name of the indicator is needed. */
export interface NewRow {
  id: string;
  text: string;
  unit?: string | null;
  source?: string | null;
  interval?: string | null;
  target_group?: string | null;
}

/** Write rows on one's memo: one, or all of a paste or an import. */
export interface AddRows {
  t: "memo.add";
  rows: NewRow[];
  batch?: string | null;
}

/** Change a row. */
export interface EditRow {
  t: "memo.edit";
  id: string;
  base: number;
  text?: string;
  unit?: string | null;
  source?: string | null;
  interval?: string | null;
  target_group?: string | null;
}

/** Take rows off the memo. Notes made of them stay. */
export interface RemoveRows {
  t: "memo.remove";
  rows: string[];
}

/** Take back a paste or an import. */
export interface UndoBatch {
  t: "memo.undo";
  batch: string;
}

/** Say of rows that they are still in use, or that they are not. */
export interface KeepRows {
  t: "memo.keep";
  rows: string[];
  is_kept?: boolean;
}

/** The note that a row becomes, and where it is put. */
export interface Posted {
  note: string;
  at: Point;
}

/** Put rows on the desk: each becomes a note, as if it were written now (N1–N3, N11, N16). */
export interface PostRows {
  t: "memo.post";
  rows: { [key: string]: Posted };
}

/** Mark an area of the current board. */
export interface AddArea {
  t: "area.add";
  id: string;
  title: string;
  at: Point;
  width: number;
  height: number;
}

/** Change an area's title, place and size, and whether it is closed to participants. */
export interface EditArea {
  t: "area.edit";
  id: string;
  title: string;
  at: Point;
  width: number;
  height: number;
  is_closed: boolean;
}

/** Take an area's frame away (Z2). */
export interface RemoveArea {
  t: "area.remove";
  id: string;
}

/** What a round is about and by what rules it goes. */
export interface RoundPlan {
  title: string;
  on: On;
  kind: RoundKind;
  dots?: number;
  cap?: number;
  is_secret?: boolean;
  section?: string | null;
}

/** Plan a round of voting on the current workshop's notes or clusters, or on measures or goals. */
export interface AddRound {
  t: "round.add";
  id: string;
  plan: RoundPlan;
}

/** Plan a round anew (E1). */
export interface EditRound {
  t: "round.edit";
  id: string;
  plan: RoundPlan;
}

/** Take a planned round away (E3). */
export interface RemoveRound {
  t: "round.remove";
  round: string;
}

/** Let people vote. */
export interface OpenRound {
  t: "round.open";
  round: string;
}

/** End a round: what people voted for is shown to all. */
export interface CloseRound {
  t: "round.close";
  round: string;
}

/** Give a target so many of one's dots; none takes them back. */
export interface CastVote {
  t: "vote.cast";
  id: string;
  round: string;
  target: string;
  dots: number;
}

/** Say of a target how important and how feasible it is, from 1 to 5 (Q1, Q2). */
export interface RateTarget {
  t: "vote.rate";
  id: string;
  round: string;
  target: string;
  importance: number;
  feasibility: number;
}

/** Say how many dots people without a device give a target; none takes them back (Q1, Q2). */
export interface CountHall {
  t: "vote.hall";
  id: string;
  round: string;
  target: string;
  dots: number;
}

/** Make a cluster of notes, wherever they were before. */
export interface MakeCluster {
  t: "cluster.make";
  id: string;
  notes: string[];
  title: string;
  at: Point;
}

/** Put notes into a cluster, out of the ones where they were (C1, C2, C9). */
export interface AddToCluster {
  t: "cluster.add";
  cluster: string;
  notes: string[];
}

/** Take notes out of their clusters and put them somewhere on the board (C2). */
export interface UngroupNotes {
  t: "cluster.take_out";
  to: { [key: string]: Point };
}

/** Give a cluster another title. */
export interface NameCluster {
  t: "cluster.name";
  cluster: string;
  title: string;
}

/** Put clusters with their notes somewhere else on the board. */
export interface MoveClusters {
  t: "cluster.move";
  to: { [key: string]: Point };
}

/** Bring the notes of clusters into one of them. */
export interface MergeClusters {
  t: "cluster.merge";
  into: string;
  clusters: string[];
}

/** Make a new cluster of some notes of a cluster. */
export interface SplitCluster {
  t: "cluster.split";
  cluster: string;
  notes: string[];
  id: string;
  title: string;
  at: Point;
  votes?: "move" | "stay";
}

/** Let a cluster's notes go free; each goes where `to` says, else where it once was. */
export interface DissolveCluster {
  t: "cluster.dissolve";
  cluster: string;
  to?: { [key: string]: Point };
}

/** Propose a cluster as a measure. */
export interface ProposeMeasure {
  t: "measure.propose";
  id: string;
  cluster: string;
  name: string;
  unit?: string | null;
  source?: string | null;
  interval?: string | null;
}

/** Change a measure's definition, or a part of it. Its sources stay. */
export interface EditMeasure {
  t: "measure.edit";
  id: string;
  base: number;
  name?: string;
  unit?: string | null;
  name_sv?: string | null;
  meaning?: string | null;
  source?: string | null;
  collection?: string | null;
  interval?: string | null;
  owner?: string | null;
  direction?: Direction | null;
  baseline?: number | null;
  baseline_as_of?: string | null;
  target?: number | null;
  target_year?: number | null;
  level?: Level | null;
  age_groups?: string[] | null;
  indicator?: string | null;
}

/** Take a proposal back. The measure stays on record, the cluster may be proposed anew. */
export interface WithdrawMeasure {
  t: "measure.withdraw";
  id: string;
}

/** Agree on a measure: it is the council's from now on. */
export interface AcceptMeasure {
  t: "measure.accept";
  id: string;
}

/** Put a measure aside for later (M10). A reason may be given. */
export interface ParkMeasure {
  t: "measure.park";
  id: string;
  reason?: string | null;
}

/** Decide against a measure (M10, M12). */
export interface RejectMeasure {
  t: "measure.reject";
  id: string;
  reason: string;
}

/** Take a measure up again: it is proposed, as it was at first (M10). */
export interface ReopenMeasure {
  t: "measure.reopen";
  id: string;
}

/** Merge a measure into another one. It stays on record, and says where it went and why. */
export interface MergeMeasures {
  t: "measure.merge";
  id: string;
  into: string;
  reason: string;
}

/** Undo the merge of a measure: both are again what they were. */
export interface UnmergeMeasure {
  t: "measure.unmerge";
  id: string;
}

/** Make a measure a goal of a network on the card. */
export interface PromoteMeasure {
  t: "goal.promote";
  id: string;
  measure: string;
  focus_area: string;
  network: string;
  text: string;
  replaces?: string | null;
  park?: boolean;
  reason?: string | null;
}

/** Let a goal rest on a further measure: its sources become the goal's sources, too. */
export interface MergeIntoGoal {
  t: "goal.merge";
  id: string;
  measure: string;
}

/** Suggest a goal for a network while the card is sketched. It takes no slot yet. */
export interface SuggestGoal {
  t: "goal.suggest";
  id: string;
  focus_area: string;
  network: string;
  text: string;
}

/** Put a suggested or parked goal, or one of another network, into a slot (G1, G2, G13). */
export interface PlaceGoal {
  t: "goal.place";
  id: string;
  focus_area: string;
  network: string;
  replaces?: string | null;
  reason?: string | null;
}

/** Take a goal off the card and keep it beside: its slot is free again (G13). */
export interface ParkGoal {
  t: "goal.park";
  id: string;
  reason?: string | null;
}

/** Take a goal away altogether. Its measures stay. */
export interface RemoveGoal {
  t: "goal.remove";
  id: string;
}

/** Change a goal's wording, actual (toteuma) or status, whom it is for or who answers for it. */
export interface EditGoal {
  t: "goal.edit";
  id: string;
  base: number;
  text?: string;
  actual?: string | null;
  status?: string | null;
  age_groups?: string[] | null;
  owner?: string | null;
}

/** Let a network have more or fewer goals under a focus area (P1). */
export interface SetGoalLimit {
  t: "network.limit";
  network: string;
  focus_area: string;
  limit: number;
}

/** Change the card's title, the report that it is part of, or its period. */
export interface EditCard {
  t: "card.edit";
  base: number;
  title?: Text;
  report?: Text;
  period?: string | null;
}

/** Change a heading of the card, or the years that it is about. */
export interface EditCardHeading {
  t: "card.heading";
  base: number;
  section: string;
  title?: Text;
  period?: string | null;
}

/** Add a line to a section of the card, at its end. */
export interface AddCardText {
  t: "text.add";
  id: string;
  section: string;
  text: string;
  kind?: string | null;
}

/** Change a line of the card, its kind or its source. */
export interface EditCardText {
  t: "text.edit";
  id: string;
  base: number;
  text?: string;
  kind?: string | null;
  source?: string | null;
}

/** Put a line before another one of its section, or at the end. */
export interface MoveCardText {
  t: "text.move";
  id: string;
  before: string | null;
}

/** Take a line off the card. It stays in the history. */
export interface RemoveCardText {
  t: "text.remove";
  id: string;
}

/** Give a figure its value, date and source, or say more exactly what it is. */
export interface SetFigure {
  t: "figure.set";
  id: string;
  base: number;
  value: number | null;
  as_of?: string | null;
  source?: string | null;
  is_confirmed?: boolean;
  label?: Text;
  unit?: string | null;
  region?: string | null;
  remark?: Text | null;
  made_in?: string | null;
  source_ref?: string | null;
}

/** What was reached of a measure in a year, by one organisation or by all together. */
export interface ActualGiven {
  id: string;
  measure: string;
  year: number;
  organisation?: string | null;
  value?: number | null;
  text?: string | null;
  as_of: string;
  source: string;
  base?: number | null;
}

/** Enter what was reached of a measure in a year, with its date and source. */
export interface SetActual {
  t: "actual.set";
  given: ActualGiven;
}

/** Enter many values at once: all of them, or none. */
export interface ImportActuals {
  t: "actuals.import";
  rows: ActualGiven[];
}

/** Take a value back that was entered by mistake. It stays in the history (W5). */
export interface RemoveActual {
  t: "actual.remove";
  id: string;
  base: number;
}

/** Choose the words for how an action stands. */
export interface SetStatuses {
  t: "desk.statuses";
  statuses: Choice[];
}

/** Put a further figure on the card, behind those of its group. */
export interface AddFigure {
  t: "figure.add";
  id: string;
  section: string;
  label: Text;
  group?: string | null;
  value?: number | null;
  unit?: string | null;
  as_of?: string | null;
  region?: string | null;
  source?: string | null;
  source_ref?: string | null;
  is_confirmed?: boolean;
}

/** Take a figure off the card. It stays in the history. */
export interface RemoveFigure {
  t: "figure.remove";
  id: string;
}

/** What a table or a statistics source says of a figure. */
export interface ImportedFigure {
  figure: string;
  base: number;
  value: number | null;
  as_of?: string | null;
  source?: string | null;
  unit?: string | null;
  made_in?: string | null;
  retrieved_ms?: number | null;
}

/** Give many figures their values at once: all of them, or none. */
export interface ImportFigures {
  t: "figures.import";
  rows: ImportedFigure[];
  is_confirmed?: boolean;
}

/** Write in the minutes of a workshop: at their beginning, or above one chapter. */
export interface WriteMinutes {
  t: "minutes.write";
  id: string;
  workshop: string;
  base: number;
  text: string;
  section?: string | null;
}

/** Say who approves the wording of a network's rows; nobody, with an empty list. */
export interface NameApprovers {
  t: "network.approvers";
  network: string;
  approvers: string[];
}

/** Agree to the wording of a goal. */
export interface GiveApproval {
  t: "approval.give";
  id: string;
  goal: string;
  wording: string;
}

/** Do not agree any more. */
export interface TakeBackApproval {
  t: "approval.take_back";
  id: string;
}

/** Say something about a row of the card. */
export interface AddComment {
  t: "comment.add";
  id: string;
  about: string;
  text: string;
  organisation?: string | null;
  is_flag?: boolean;
}

/** Accept, reject or park a comment, or open it again. */
export interface HandleComment {
  t: "comment.handle";
  id: string;
  state: CommentState;
  answer?: string | null;
}

/** Take one's own comment back. */
export interface RemoveComment {
  t: "comment.remove";
  id: string;
}

/** Go on to the next state of the card, or back to an earlier one. */
export interface MoveCard {
  t: "card.state";
  to: "hyvaksytty" | "kommentoitavana" | "luonnos";
  comments_until?: string | null;
  reason?: string | null;
}

/** Publish the card as it is now. There is no way to undo it (L8). */
export interface PublishCard {
  t: "card.publish";
}

/** Begin the next version: the card is a draft again. What was published stays. */
export interface ReopenCard {
  t: "card.reopen";
}

/** Take a published version back, visibly: its address says so from now on. */
export interface WithdrawVersion {
  t: "version.withdraw";
  id: string;
  reason: string;
}

export type Command =
  | FillDesk
  | NameDesk
  | SetAnonymity
  | SetLateRule
  | NameNetwork
  | AddOrganisation
  | EditOrganisation
  | Join
  | Leave
  | RemovePerson
  | MutePerson
  | MovePerson
  | LockDesk
  | OpenSection
  | CloseSection
  | ExtendSection
  | PauseSection
  | ResumeSection
  | AdvanceAgenda
  | SetAdvance
  | SetWorkshopDate
  | ContinueWorkshop
  | ShowOnScreen
  | FreezeScreen
  | GatherAll
  | LetGo
  | Spotlight
  | Announce
  | AddSection
  | EditSection
  | MoveSection
  | RemoveSection
  | SkipSection
  | GiveMinutes
  | AddNote
  | EditNote
  | MoveNotes
  | UnparkNotes
  | RemoveNotes
  | RevealNotes
  | AddRows
  | EditRow
  | RemoveRows
  | UndoBatch
  | KeepRows
  | PostRows
  | AddArea
  | EditArea
  | RemoveArea
  | AddRound
  | EditRound
  | RemoveRound
  | OpenRound
  | CloseRound
  | CastVote
  | RateTarget
  | CountHall
  | MakeCluster
  | AddToCluster
  | UngroupNotes
  | NameCluster
  | MoveClusters
  | MergeClusters
  | SplitCluster
  | DissolveCluster
  | ProposeMeasure
  | EditMeasure
  | WithdrawMeasure
  | AcceptMeasure
  | ParkMeasure
  | RejectMeasure
  | ReopenMeasure
  | MergeMeasures
  | UnmergeMeasure
  | PromoteMeasure
  | MergeIntoGoal
  | SuggestGoal
  | PlaceGoal
  | ParkGoal
  | RemoveGoal
  | EditGoal
  | SetGoalLimit
  | EditCard
  | EditCardHeading
  | AddCardText
  | EditCardText
  | MoveCardText
  | RemoveCardText
  | SetFigure
  | SetActual
  | ImportActuals
  | RemoveActual
  | SetStatuses
  | AddFigure
  | RemoveFigure
  | ImportFigures
  | WriteMinutes
  | NameApprovers
  | GiveApproval
  | TakeBackApproval
  | AddComment
  | HandleComment
  | RemoveComment
  | MoveCard
  | PublishCard
  | ReopenCard
  | WithdrawVersion;

/** The first frame, and again after a resync: who I am, and what I have. */
export interface Hello {
  t: "hello";
  ticket: string;
  since?: number | null;
  mark?: string | null;
}

/** A command. Asking again with the same id brings about one entry and one answer (O5). */
export interface Ask {
  t: "ask";
  rid: string;
  cmd: Command;
  section?: string | null;
}

/** Where my pointer is on the board; None when it is elsewhere. May be lost (O7). */
export interface PresenceMoved {
  t: "presence";
  at?: Point | null;
  is_writing?: boolean;
}

/** Answered by a pong: a socket that looks open may be dead. */
export interface Ping {
  t: "ping";
}

export type FromClient =
  | Hello
  | Ask
  | PresenceMoved
  | Ping;

/** An entry of the log as one viewer sees it. `p` may be empty: its number still counts. */
export interface WireEntry {
  n: number;
  at_ms: number;
  p: { [key: string]: { [key: string]: Json } | null };
}

/** The next entries, in order and without a gap (O1, O3). */
export interface Entries {
  t: "entries";
  list: WireEntry[];
  mark: string;
}

/** You have everything up to `n`. Comes after the entries that were missing. */
export interface Welcome {
  t: "welcome";
  n: number;
  mark: string;
  person: string;
  role: Role;
  now_ms: number;
  build: string;
  own: { [key: string]: { [key: string]: Json } | null };
}

/** What you have cannot be continued: fetch the snapshot, then say hello again. */
export interface Resync {
  t: "resync";
}

/** A settled ask: it is entry `n`, or it changed nothing (`n` is None). */
export interface Done {
  rid: string;
  n: number | null;
}

/** Your asks that are in the log now. Comes after their entries. */
export interface Settled {
  t: "settled";
  list: Done[];
}

/** A rule said no, nothing changed. `retry_ms`: ask again after so long. */
export interface RefusedAsk {
  t: "refused";
  rid: string;
  code: string;
  details?: { [key: string]: Json };
  retry_ms?: number | null;
}

/** Names by person id: all of them after a hello, later the new ones. */
export interface People {
  t: "people";
  names: { [key: string]: string };
}

/** Who is here and where they point; `left` are the ones who went. */
export interface Presence {
  t: "presence";
  here: { [key: string]: Point | null };
  left?: string[];
  writing?: number;
}

/** Whether changes can be made durable just now, and why not. */
export interface Saving {
  t: "saving";
  is_paused: boolean;
  reason?: PauseReason | null;
}

/** The answer to a ping, with the server's clock. */
export interface Pong {
  t: "pong";
  now_ms: number;
}

/** The server is going: come back after `retry_ms`. */
export interface Bye {
  t: "bye";
  retry_ms: number;
}

export type FromServer =
  | Entries
  | Welcome
  | Resync
  | Settled
  | RefusedAsk
  | People
  | Presence
  | Saving
  | Pong
  | Bye;

/** What lets somebody in: the code as typed, or the link's secret. */
export interface Invitation {
  code: string;
}

/** An organisation of the desk, to choose at the door. */
export interface OrganisationChoice {
  id: string;
  name: string;
}

/** What a valid invitation tells before joining. */
export interface DeskAtDoor {
  desk: string;
  title: Text;
  council: Text;
  shows: string;
  organisations: OrganisationChoice[];
  organisation?: OrganisationChoice | null;
}

/** Somebody joins: with an organisation of the list, or with the name of their own. */
export interface JoinAsked {
  code: string;
  name: string;
  organisation?: string | null;
  organisation_name?: string | null;
  return_code?: string | null;
}

/** A facilitator's or viewer's secret, out of the fragment of their link. */
export interface SecretGiven {
  secret: string;
}

/** A session was made; the cookie holds it. `return_code` brings a person back elsewhere. */
export interface Seated {
  desk: string;
  person: string;
  role: Role;
  return_code?: string | null;
}

/** Who the cookie says one is, and the ticket for the socket. */
export interface Me {
  desk: string;
  person: string;
  role: Role;
  name: string | null;
  ticket: string;
}

/** The state that all see, at entry `n`. */
export interface Snapshot {
  n: number;
  mark: string;
  records: { [key: string]: { [key: string]: Json } };
}

/** A section while it was open; one that was started again has another. */
export interface Chapter {
  section: string;
  workshop: string;
  title: Text;
  opened_n: number;
  opened_ms: number;
  closed_n?: number | null;
  closed_ms?: number | null;
}

/** A minute in which something happened, and the last entry of it. */
export interface Mark {
  at_ms: number;
  n: number;
}

/** When what happened on a desk, from its first entry to entry `n`. */
export interface Timeline {
  n: number;
  from_ms: number;
  to_ms: number;
  chapters: Chapter[];
  minutes: Mark[];
}

/** Entries as all saw them, complete up to `n`. Those that showed nothing are left out. */
export interface HistoryPage {
  n: number;
  entries: WireEntry[];
}

/** How participants get in, or the members of an organisation: for facilitators to show. */
export interface ParticipantLink {
  url: string;
  code: string;
  qr_svg: string;
}

/** What somebody is called from now on. */
export interface NameGiven {
  name: string;
}

/** A link for somebody who leads the desk, writes it down, or shows it on a wall. */
export interface LinkAsked {
  name?: string | null;
  organisation?: string | null;
}

/** A new link: its secret stands in the address, and nowhere else. */
export interface LinkMade {
  link: string;
  role: Role;
  url: string;
  qr_svg: string;
}

/** A link that opens the desk now, without its secret. */
export interface RoleLink {
  link: string;
  role: Role;
  person: string;
  name: string | null;
  is_mine: boolean;
  organisation?: string | null;
}

/** Seats the facilitator who asked for it, on any machine. */
export interface RecoveryCode {
  code: string;
}

/** A spreadsheet's rows as text, all equally long; nothing of it was stored. */
export interface TableRead {
  sheet: string;
  others: string[];
  rows: string[][];
  cut: string[];
}

/** What was reached of a measure in a year, by one organisation or by all together. */
export interface ActualRow {
  measure: string;
  year: number;
  organisation?: string | null;
  value?: number | null;
  text?: string | null;
  as_of: string;
  source: string;
  base?: number | null;
}

/** Values to enter, all of them or none. */
export interface ActualsGiven {
  rows: ActualRow[];
}

/** They are entered; `n` is the entry of the log, None where all were there already. */
export interface ActualsTaken {
  n: number | null;
}

/** Which figures are to be looked up at their sources. */
export interface FiguresAsked {
  figures: string[];
  earlier?: number | null;
}

/** A figure as it is and as its source has it; nothing of it was stored. */
export interface FigureFetched {
  figure: string;
  base: number;
  old: number | null;
  old_as_of: string | null;
  value?: number | null;
  as_of?: string | null;
  made_in?: string | null;
  source?: string | null;
  title?: string | null;
  problem?: string | null;
}

/** What the sources say, to choose from: one row for each, or several to choose one of. */
export interface FiguresFetched {
  retrieved_ms: number;
  rows: FigureFetched[];
}

/** A file is not ready yet. */
export interface ExportMoves {
  before: number;
  share: number;
}

/** A new desk like this one, or like a template; a rehearsal has people who are played. */
export interface CopyAsked {
  title: string;
  kind?: "copy" | "rehearsal";
  template?: string | null;
}

/** A desk that was made, and the facilitator's link to it. */
export interface NewDesk {
  desk: string;
  url: string;
}

/** The name that this desk's structure is to be saved under. */
export interface TemplateSaved {
  name: string;
}

/** What new desks can be made from: what came with the program, and what was saved. */
export interface Templates {
  shipped: string[];
  saved: string[];
}

/** A refusal over HTTP (RFC 9457): `code` is for ever, the sentence is in the locales. */
export interface Problem {
  type: string;
  status: number;
  code: string;
  details?: { [key: string]: Json };
}
