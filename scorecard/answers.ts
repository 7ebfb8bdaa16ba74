import { createPatch } from 'rfc6902';
import type { Interval } from './intervals.ts';
import { bodyOf, type FactLine, instant } from './lines.ts';
import { holdingsIn, pausesIn, type Work, workOn } from './people-work.ts';
import { costOfPeople, queueRate, type Rates } from './rates.ts';

/** What somebody answered to a handoff, and what it took. */
export interface Answer extends Work {
  /** Its line of the record; none where nothing ended the handoff but its case. */
  line: FactLine | undefined;
  /** Since when it was up to whoever gave it. */
  beganAt: number;
  /** The queue in whose name. */
  role: string;
  /** In millionths. */
  cost: number;
  /** What they changed in the terms. */
  edits: string[];
}

export interface Asking {
  opened: FactLine;
  /** What ended it, and whether a person did. */
  end: FactLine | undefined;
  byPerson: boolean;
  endedAt: number | undefined;
  /** The queue first asked. */
  owner: string;
  rates: Rates;
}

/** Of several who had to approve, each answer in its turn; the last is the one that ended it. */
export function answersTo(asking: Asking, its: readonly FactLine[], lines: readonly FactLine[]): [...Answer[], Answer] {
  const { opened, end, endedAt, owner, rates } = asking;
  const [holdings, paused] = [holdingsIn(its, endedAt), pausesIn(its, lines, endedAt)];
  const given = its.filter(isOneOfSeveral);
  const turn = (n: number, line: FactLine | undefined, until: number, answered: boolean): Answer => {
    const before = given[n - 1] ?? opened;
    const beganAt = instant(before.at);
    const role = roleOf(line, owner);
    const span: Interval = [beganAt, until];
    const work = workOn({ span, answered }, holdings, paused, queueRate(rates, role));
    const cost = costOfPeople(rates, role, work.ms);
    return { ...work, line, beganAt, role, cost, edits: editsIn(line, bodyOf(before)['terms']) };
  };
  return [
    ...given.map((line, n) => turn(n, line, instant(line.at), true)),
    turn(given.length, end, endedAt ?? Infinity, asking.byPerson),
  ];
}

/** An approval after which others still had to approve: the last that is needed stands with the decision. */
const isOneOfSeveral = (line: FactLine): boolean =>
  line.type === 'handoff.approval-given' && bodyOf(line)['given'] < bodyOf(line)['needed'];

/** In whose name it was given. */
function roleOf(line: FactLine | undefined, owner: string): string {
  const role = line && bodyOf(line)['role'];
  return role === undefined || role === line?.actor ? owner : String(role);
}

/** Where a person changed the terms, as JSON Pointers, `*` for any line of a list. One for each operation of the JSON Patch. */
function editsIn(line: FactLine | undefined, before: unknown): string[] {
  if (!line) return [];
  const { verdict, terms, edits } = bodyOf(line);
  const approved = line.type === 'handoff.approval-given' || verdict === 'approved';
  const known = before !== undefined && terms !== undefined && terms !== null;
  const patch: { path: string }[] = !approved ? (edits?.terms?.patch ?? []) : known ? createPatch(before, terms) : [];
  return patch.map(({ path }) => path.replaceAll(/\/(?:\d+|-)(?=\/|$)/g, '/*'));
}
