import type { Entry } from './entry.ts';

/** What one person answered, and how long people worked before it. */
export interface Answer {
  type: string;
  actor: string;
  verdict: string;
  from: number;
  at: number;
  work: number;
  estimated: boolean;
  price: number;
  changed: boolean;
}

export interface Walked {
  answers: Answer[];
  /** While somebody worked on it. */
  worked: [number, number][];
}

const over = ['handoff.decided', 'handoff.reworked', 'handoff.completed', 'handoff.withdrawn'];

/** Goes through the lines of one handoff one after the other, with a stop-watch for whoever has it. */
export function walk(opened: Entry, lines: Entry[], owner: string, rates: any, end: number | null): Walked {
  const answers: Answer[] = [];
  const worked: [number, number][] = [];
  const still: [number, number][] = [];
  const stopping = new Set<string>();
  let [holder, since, stoppedAt]: [string | null, number, number] = [null, 0, 0];
  let watch: Record<string, number> = {};
  let [from, terms] = [Date.parse(opened.at), opened.body.terms];

  const tick = (now: number) => {
    if (holder !== null && stopping.size === 0 && now > since) {
      watch[holder] = (watch[holder] ?? 0) + now - since;
      worked.push([since, now]);
    }
    since = now;
  };
  const stopped = (change: () => void, now: number) => {
    const before = stopping.size;
    change();
    if (before === 0 && stopping.size > 0) stoppedAt = now;
    if (before > 0 && stopping.size === 0) still.push([stoppedAt, now]);
  };
  const answer = ({ type, actor, body }: Entry | { type: ''; actor: 'baton'; body: any }, at: number) => {
    const person = type !== 'handoff.withdrawn' && actor !== 'baton';
    const role = body.role === undefined || body.role === actor ? owner : body.role;
    const rate = rates.people.queues[role] ?? rates.people.usual;
    let work = Object.values(watch).reduce((sum, ms) => sum + Math.min(ms, rate.mostMinutes * 60_000), 0);
    const estimated = work === 0 && person;
    if (estimated) {
      work = rate.estimateMinutes * 60_000;
      worked.push(...cut([Math.max(from, at - work), at], still));
    }
    const approved = type === 'handoff.approval-given' || body.verdict === 'approved';
    const differs =
      approved && terms !== undefined && JSON.stringify(sorted(terms)) !== JSON.stringify(sorted(body.terms));
    const changed = differs || (type === 'handoff.reworked' && body.edits?.terms !== undefined);
    const verdict = approved ? 'approved' : (body.verdict ?? body.found ?? (person ? 'reworked' : 'withdrawn'));
    const price = Math.round((work / 3_600_000) * rate.perHour * 1_000_000);
    answers.push({ type, actor, verdict, from, at, work, estimated, price, changed });
    [from, terms, watch] = [at, body.terms ?? terms, {}];
  };

  for (const line of lines) {
    const { type, actor, key, body } = line;
    const at = Date.parse(line.at);
    tick(at);
    if (type === 'handoff.claimed') holder = actor;
    if (type === 'handoff.reassigned') holder = body.to;
    if (/released|escalated|approval-given/.test(type)) holder = null;
    if (type === 'handoff.paused' && body.for === 'asked') stopped(() => stopping.add(body.about), at);
    if (/answered|question-over/.test(type)) stopped(() => stopping.delete(key), at);
    if (type === 'handoff.resumed') stopped(() => stopping.clear(), at);
    if (type === 'handoff.approval-given' && body.given < body.needed) answer(line, at);
    if (!over.includes(type)) continue;
    stopped(() => stopping.clear(), at);
    answer(line, at);
    return { answers, worked };
  }
  if (end !== null) {
    tick(end);
    answer({ type: '', actor: 'baton', body: {} }, end);
  }
  return { answers, worked };
}

function cut([from, until]: [number, number], holes: [number, number][]): [number, number][] {
  const pieces: [number, number][] = [];
  for (const [a, b] of [...holes, [until, until] as [number, number]].sort(([x], [y]) => x - y)) {
    if (Math.min(a, until) > from) pieces.push([from, Math.min(a, until)]);
    from = Math.max(from, b);
  }
  return pieces;
}

function sorted(value: any): any {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}
