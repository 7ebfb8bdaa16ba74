import { costs } from './costs.ts';
import type { About, Entry } from './entry.ts';
import { type Asked, handoffs } from './handoffs.ts';
import { apart, judged } from './judged.ts';

/**
 * Computes the scorecard's case measures anew from exported records, for an auditor who trusts none of the project's code: this folder
 * imports nothing of it. `recompute(records, about)`: each record is the text of one case as `GET /cases/{caseId}/record` answers it.
 */

const late = ['action.done', 'action.refused', 'action.compensated', 'action.stuck'];
const whenCounted = (type: string) =>
  /^(case\.(opened|closed)|compensation\.started)$/.test(type) ||
  /^handoff\.(opened|at-risk|escalated|expired|decided|completed|withdrawn|asked|answered|reassigned)$/.test(type);

/** Up to the last line after which a case is counted. */
function read(text: string): Entry[] {
  const all = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);
  let [end, closed] = [0, false];
  all.forEach((line, n) => {
    if (whenCounted(line.type) || (closed && late.includes(line.type))) end = n + 1;
    if (line.type === 'case.closed') closed = true;
  });
  return all.slice(0, end);
}

/** Milliseconds in which the case waited and nobody worked on it, looked at moment by moment. */
function waiting(waits: [number, number][], work: [number, number][], from: number, to: number): number {
  const edges = [...new Set([from, to, ...waits.flat(), ...work.flat()])]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  let total = 0;
  for (let n = 1; n < edges.length; n++) {
    const middle = (edges[n - 1]! + edges[n]!) / 2;
    const inside = (spans: [number, number][]) => spans.some(([a, b]) => a < middle && middle < b);
    if (inside(waits) && !inside(work)) total += edges[n]! - edges[n - 1]!;
  }
  return total;
}

const byRefusal: Record<string, string[]> = {
  data: ['data-contract-breach', 'request-invalid'],
  model: ['model-unavailable', 'model-unusable'],
  policy: ['amendment-not-ruled', 'approval-invalid', 'approval-used', 'person-needed', 'rounds-exceeded'],
  integration: ['action-refused', 'outcome-unknown', 'output-invalid', 'system-unavailable'],
  handoff: ['cancel-requested'],
};

function causeOf(lines: Entry[], asked: Asked[], outcome: string): string | null {
  const has = (type: string) => lines.some((line) => line.type === type);
  const doubt = has('action.refused') || has('action.unknown') || has('action.stuck');
  const refusal = lines.find(({ type }) => type === 'compensation.started')?.body.refusal;
  if (outcome === 'failed' && refusal !== undefined) {
    if (refusal === 'action-refused' && !doubt) return 'policy';
    return Object.keys(byRefusal).find((cause) => byRefusal[cause]!.includes(refusal)) ?? 'ours';
  }
  if (outcome === 'terminated') return 'ours';
  if (asked.some(({ task }) => task !== null && /^(key-reused|too-long|terminated|reconciliation)$/.test(task)))
    return 'ours';
  if (asked.some(({ repair }) => repair)) return 'data';
  if (doubt) return 'integration';
  if (asked.some(({ verdict }) => verdict === 'expired')) return 'handoff';
  const unsure = lines.some(
    ({ type, body }) => type === 'inference.fell-back' || (type === 'inference.answered' && !body.confident),
  );
  if (asked.length > 0) return unsure ? 'model' : 'policy';
  return outcome === 'failed' ? 'ours' : null;
}

const rank = (values: number[], p: number): number | null =>
  values.length === 0 ? null : values.sort((a, b) => a - b)[Math.max(0, Math.ceil(p * values.length) - 1)]!;
const sharesBy = <T>(all: T[], key: (one: T) => string, holds: (one: T) => boolean): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(all, key)).map(([name, its]) => [name, share(its!.filter(holds), its!)]),
  );
const share = (these: unknown[], of: unknown[]): number | null => (of.length === 0 ? null : these.length / of.length);
function tally(names: (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) if (name !== null) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function caseOf(text: string, about: About) {
  const lines = read(text);
  const opened = lines[0]!;
  const closed = lines.find(({ type }) => type === 'case.closed');
  const stopped = lines.find(({ type }) => type === 'compensation.started') ?? closed;
  const asked = handoffs(lines, about.rates, stopped ? Date.parse(stopped.at) : null);
  const [from, to] = [Date.parse(opened.at), closed ? Date.parse(closed.at) : Infinity];
  const outcome: string | null = closed?.body.outcome ?? null;
  const events = lines.filter(({ type, body }) => type.startsWith('event.') && body.since);
  const waits = [
    ...asked
      .filter(({ task }) => task === null || task === 'outcome-unknown')
      .map(({ begin, end }): [number, number] => [begin, end ?? Infinity]),
    ...events.map(({ at, body }): [number, number] => [Date.parse(body.since), Date.parse(at)]),
  ];
  const wait = closed
    ? waiting(
        waits,
        asked.flatMap(({ worked }) => worked),
        from,
        to,
      )
    : 0;
  const gone =
    outcome === 'cancelled' &&
    lines.some(({ type }) => type === 'compensation.started' || type === 'case.cancellation-requested');
  const decisions = asked.filter(({ task }) => task === null);
  const country = lines.find(
    ({ body }) => !/target-missed|sampled-review/.test(body.task ?? '') && body.calendar?.country,
  );
  return {
    ...{
      process: opened.body.process as string,
      from,
      to,
      outcome,
      asked,
      wait,
      cycle: to - from,
      ...costs(lines, about),
    },
    straight: outcome !== null && !['failed', 'terminated'].includes(outcome) && !gone && asked.length === 0,
    cause: outcome === null ? null : causeOf(lines, asked, outcome),
    rework: decisions.some(({ verdict }) => verdict === 'returned'),
    reversed: closed !== undefined && lines.some(({ type, seq }) => type === 'action.compensated' && seq > closed.seq),
    currency: currencyOf(lines),
    impact: (closed?.body.impact ?? {}) as Record<string, number | boolean>,
    country: (country?.body.calendar.country ?? null) as string | null,
    judged: judged(opened.body.process, lines, asked),
  };
}

/** The one that stands in what was ruled on. */
function currencyOf(lines: readonly { type: string; body: any }[]): string {
  const terms = JSON.stringify(lines.flatMap(({ type, body }) => (type === 'policy.ruled' ? [body.terms] : [])));
  const found = new Set([...terms.matchAll(/"currency":"([^"]*)"/g)].map(([, one]) => one!));
  return found.size === 1 ? [...found][0]! : 'XXX';
}

export function recompute(records: readonly string[], about: About) {
  const [since, until] = [Date.parse(about.from), Date.parse(about.to)];
  const within = (at: number | null) => at !== null && at >= since && at < until;
  const all = records.map((text) => caseOf(text, about));
  const closed = all.filter(({ to, outcome }) => outcome !== null && within(to));
  const ended = all.flatMap(({ asked }) => asked).filter(({ end }) => within(end));
  const sum = (take: (one: (typeof all)[number]) => number) => closed.reduce((total, one) => total + take(one), 0);
  const answered = (one: (typeof all)[number]) => one.asked.flatMap(({ answers }) => answers);
  const people = (one: (typeof all)[number]) => answered(one).reduce((total, { work }) => total + work, 0);
  const spans = (take: (one: (typeof all)[number]) => number, name: string) =>
    Object.fromEntries([0.5, 0.9, 0.95].map((p) => [`${name}-p${p * 100}`, rank(closed.map(take), p)]));
  const last = ({ stages }: Asked) =>
    ['expired', 'escalated', 'at-risk'].find((stage) => stages.includes(stage)) ?? 'in-time';
  const impact: Record<string, number> = {};
  for (const one of closed)
    for (const [name, value] of Object.entries(one.impact)) {
      const of = `${one.process} ${name} ${about.amounts.includes(`${one.process}/${name}`) ? one.currency : ''}`;
      impact[of] = (impact[of] ?? 0) + Number(value);
    }
  const asked = ended.filter(({ task }) => task === null);
  const kept = Object.groupBy(asked, ({ owner }) => owner);
  const approvals = all
    .flatMap((one) => one.asked.filter(({ task, repair }) => task === null && !repair))
    .flatMap(({ name, answers }) => answers.map((one) => ({ name, ...one })))
    .filter(({ at, verdict, actor }) => within(at) && verdict === 'approved' && actor !== 'baton');
  const looked = all.flatMap((one) => one.judged).filter(({ at }) => within(at));
  return {
    ...{ started: all.filter(({ from }) => within(from)).length, closed: closed.length },
    open: all.filter(({ outcome }) => outcome === null).length,
    ...spans(({ cycle }) => cycle, 'cycle-time'),
    ...spans(({ cycle, wait }) => cycle - wait, 'touch-time'),
    ...spans(({ wait }) => wait, 'wait-time'),
    outcomes: tally(closed.map(({ process, outcome }) => `${process} ${outcome}`)),
    'straight-through': share(
      closed.filter(({ straight }) => straight),
      closed,
    ),
    exceptions: tally(closed.map(({ cause }) => cause)),
    ...Object.fromEntries(
      ['at-risk', 'escalated', 'expired'].map((stage) => [
        stage,
        tally(ended.filter((one) => last(one) === stage).map(({ owner }) => owner)),
      ]),
    ),
    'sla-kept': Object.fromEntries(
      Object.entries(kept).map(([owner, its]) => [
        owner,
        share(
          its!.filter((one) => !/^e/.test(last(one))),
          its!,
        ),
      ]),
    ),
    rework: share(
      closed.filter((one) => one.rework),
      closed,
    ),
    reversed: closed.filter((one) => one.reversed).length,
    'edit-rate': sharesBy(
      approvals,
      ({ name }) => name,
      ({ changed }) => changed,
    ),
    'override-by-inference': sharesBy(
      looked,
      ({ inference, sure }) => `${inference} ${sure ? 'confident' : 'unsure'}`,
      ({ agreed }) => !agreed,
    ),
    'model-cost': sum(({ model }) => model),
    'people-cost': sum((one) => answered(one).reduce((total, { price }) => total + price, 0)),
    'fee-cost': sum(({ fees }) => fees),
    'people-time': sum(people),
    'estimated-time':
      sum((one) => answered(one).reduce((total, { work, estimated }) => total + (estimated ? work : 0), 0)) /
      sum(people),
    tokens: sum((one) => one.tokens),
    unpriced: closed.filter((one) => one.unpriced).length,
    impact,
  };
}

/** Of the cases of a process, by inference, how far confidence and agreement are apart. */
export function recomputeApart(records: readonly string[], process: string, about: About): Record<string, number> {
  const [since, until] = [Date.parse(about.from), Date.parse(about.to)];
  const answers = records
    .flatMap((text) => caseOf(text, about).judged)
    .filter((one) => one.process === process && one.at >= since && one.at < until);
  const by = Object.groupBy(answers, ({ inference }) => inference);
  return Object.fromEntries(Object.entries(by).map(([name, its]) => [name, apart(its!)]));
}

/** How many cases closed, by the country of the calendar of their handoffs. */
export function recomputeCountries(records: readonly string[], about: About): Record<string, number> {
  const [since, until] = [Date.parse(about.from), Date.parse(about.to)];
  const closed = records
    .map((text) => caseOf(text, about))
    .filter(({ outcome, to }) => outcome !== null && to >= since && to < until);
  return tally(closed.map(({ country }) => country));
}
