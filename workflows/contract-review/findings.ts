import { differenceAs, type Suspicion } from './suspicions.ts';
import type { Desk, Difference, Draft, Finding, Verbs } from './types.ts';

/** What is shown to people, with the difference that code found, where it is about one. */
export interface Found {
  finding: Finding;
  difference: Difference | undefined;
}

/** What the tables make of all that may be wrong with a draft. */
export async function judge(
  suspicions: readonly Suspicion[],
  form: string,
  draft: Draft,
  check: Verbs['check'],
): Promise<Found[]> {
  const rule = (suspicion: Suspicion) => ruleOn(suspicion, draft, check);
  const judged = await Promise.all(suspicions.map(rule));
  const more = await Promise.all(outOfPlace(form, judged).map(rule));
  return findingsOf([...judged, ...more]);
}

async function ruleOn(suspicion: Suspicion, draft: Draft, check: Verbs['check']): Promise<Judged> {
  if (suspicion.by === 'playbook') {
    const { verdict, rule, outputs } = await check.playbook(suspicion.facts, draft);
    return { suspicion, severity: verdict, owner: outputs.owner, deviation: rule, expectedIn: outputs.clause };
  }
  const { verdict, outputs } = await check.coverPage(suspicion.facts, draft);
  return { suspicion, severity: verdict, owner: outputs.owner, deviation: outputs.deviation, expectedIn: 'cover' };
}

/** A suspicion, and what the tables said of it. */
interface Judged {
  suspicion: Suspicion;
  severity: Finding['severity'];
  owner: Desk;
  deviation: string;
  /** The clause for which the playbook expects it. */
  expectedIn: string;
}

/**
 * A name moves a difference to another desk only in the clause for which the playbook expects that name; elsewhere it is an
 * unusual term as well.
 */
function outOfPlace(form: string, judged: readonly Judged[]): Suspicion[] {
  const inPlace = new Set(
    judged
      .filter(({ suspicion, expectedIn }) => ['any', suspicion.clause].includes(expectedIn))
      .map(({ suspicion }) => suspicion.difference),
  );
  const all = new Set(judged.flatMap(({ suspicion: { difference } }) => difference ?? []));
  return [...all].filter((one) => !inPlace.has(one)).map((one) => differenceAs('unusual-term', form, one));
}

/** From the least to the most careful. */
const severities = ['none', 'approve', 'fallback', 'escalate', 'stop'];

/** The most findings that anybody is shown; the gravest come first. */
const most = 60;

/** What the tables said of each suspicion, as far as it is one. What a model adds takes the place of nothing that code found. */
function findingsOf(judged: readonly Judged[]): Found[] {
  const found = inOrder(judged.filter(({ severity }) => severity !== 'none'));
  const shown = new Set<Difference>();
  const added = new Set(
    found.filter(({ suspicion: { difference, onlySaid } }) => {
      const isSecond = difference !== undefined && shown.has(difference);
      if (difference) shown.add(difference);
      return isSecond || onlySaid;
    }),
  );
  const kept = [...found.filter((one) => !added.has(one)), ...added].slice(0, most);
  return inOrder(kept).map(
    ({ suspicion: { kind, clause, quote, at, difference }, severity, owner, deviation }, index) => ({
      finding: {
        ...{ id: `finding-${index + 1}`, deviation, kind, severity, owner, clause, quote, at },
        stood: difference?.stood ?? null,
      },
      difference,
    }),
  );
}

const inOrder = (judged: readonly Judged[]): Judged[] =>
  judged.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
