import { isSame, plainName } from '../../rules/canonical.ts';
import { coverFacts, coverLabels, requiredItems, saysTheSame, valueIn } from './cover.ts';
import type { Comparison, Desk, Difference, Facts, Finding, Item, Outline, Part, Request } from './types.ts';

/** Something in a draft that the tables have to judge, with the facts that they judge by. */
export type Suspicion = Pick<Finding, 'kind' | 'clause' | 'quote' | 'at'> & {
  /** What code found, where it is about that. */
  difference?: Difference;
  /** Where nothing but a model says so. */
  onlySaid?: true;
} & ({ by: 'playbook'; facts: Facts<'playbook'> } | { by: 'coverPage'; facts: Facts<'coverPage'> });

export interface Reading {
  form: string;
  outline: Outline;
  /** Without a standard form there is none. */
  comparison: Comparison | undefined;
  parts: Part[];
}

/** Whether code found nothing that is not the form's or the library's. */
export const isStandard = ({ differences, unshown }: Comparison): boolean => differences.length + unshown === 0;

/** However much a model says, the tables are asked this often: names of one difference, and what it adds besides. */
const mostNames = 3;
const mostOthers = 20;

const nowhere = { kind: 'present', quote: null, at: null } as const;

const playbook = (of: Pick<Suspicion, 'kind' | 'clause' | 'quote' | 'at'>, facts: Omit<Facts<'playbook'>, 'clause'>) =>
  ({ by: 'playbook', ...of, facts: { ...facts, clause: of.clause } }) as const satisfies Suspicion;

/**
 * What is not as in the standard form. Code says where; a model says what it is, which adds to that and takes nothing away: what
 * it is silent about is an unusual term.
 */
export function suspicionsOf({ form, comparison, parts }: Reading): Suspicion[] {
  const { differences = [] } = comparison ?? {};
  const changes = parts.flatMap(({ answer, places = [] }) =>
    answer.changes.map((change) => ({ ...change, at: places.find(({ quote }) => quote === change.quote)?.at ?? null })),
  );
  const found = differences.flatMap((difference): Suspicion[] => {
    const readings = changes.filter((change) => isAbout(change, difference)).map(({ reads }) => reads);
    return named(difference, readings).map((deviation) => about(form, difference, deviation));
  });
  const others = changes
    .filter((change) => !differences.some((difference) => isAbout(change, difference)))
    .map(({ clause, reads, quote, at }): Suspicion => {
      const facts = { form, deviation: reads, differs: false };
      return { ...playbook({ kind: 'present', clause, quote: cut(quote), at }, facts), onlySaid: true };
    });
  return [...found, ...unlike(others).slice(0, mostOthers)];
}

/** What a difference is called: by code where it can tell, else by the model. */
function named({ kind }: Difference, readings: readonly string[]): string[] {
  if (kind === 'removed') return ['removed-clause'];
  const read = kind === 'moved' ? ['moved-clause', ...readings] : readings;
  return read.length > 0 ? [...new Set(read)].slice(0, mostNames) : ['unusual-term'];
}

function about(form: string, difference: Difference, deviation: string): Suspicion {
  const { clause, quote, at } = difference;
  const kind = quote === null ? 'missing' : 'present';
  return { ...playbook({ kind, clause, quote, at }, { form, deviation, differs: true }), difference };
}

function isAbout({ clause, quote, at }: { clause: string; quote: string; at: number | null }, found: Difference) {
  if (found.kind === 'removed') return false;
  if (clause === found.clause) return true;
  return at !== null && found.at !== null && found.to !== null && at < found.to && found.at < at + quote.length;
}

export interface Judged {
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
export function outOfPlace(form: string, judged: readonly Judged[]): Suspicion[] {
  const inPlace = new Set(
    judged
      .filter(({ suspicion, expectedIn }) => ['any', suspicion.clause].includes(expectedIn))
      .map(({ suspicion }) => suspicion.difference),
  );
  const all = new Set(judged.flatMap(({ suspicion: { difference } }) => difference ?? []));
  return [...all].filter((one) => !inPlace.has(one)).map((one) => about(form, one, 'unusual-term'));
}

interface Line {
  item: Item;
  says: string;
  quote: string;
  at: number | null;
}

/**
 * What the cover page says, as code reads it; on other paper, as the model does. Each line that states an item counts, and so
 * does each item that none states.
 */
export function coverSuspicionsOf(
  { form, outline, comparison }: Reading,
  request: Request,
  today: string,
): Suspicion[] {
  const lines: Line[] = comparison
    ? comparison.fields.map(({ label, ...line }) => ({ ...line, item: coverLabels[label]! }))
    : outline.answer.cover.map(({ item, quote }) => {
        const at = outline.places?.find((place) => place.quote === quote)?.at ?? null;
        return { item, says: valueIn(quote), quote, at };
      });
  const law = lines.find(({ item }) => item === 'governing-law')?.says ?? '';
  const facts = (item: Item, says?: string) => coverFacts(form, item, says, { ...request, today, law });
  const unstated = requiredItems.filter((item) => !lines.some((line) => line.item === item));
  return [
    ...unstated.map((item): Suspicion => ({
      ...{ by: 'coverPage', kind: 'missing', clause: 'cover', quote: null, at: null, facts: facts(item) },
    })),
    ...lines.flatMap(({ item, says, quote, at }, index): Suspicion[] => {
      const read = { kind: 'present', clause: 'cover', quote, at } as const;
      const said = request.cover[item];
      const deviations = [
        ...(said !== undefined && !saysTheSame(quote, said) ? ['cover-differs'] : []),
        ...(lines.findIndex((line) => line.item === item) < index ? ['unusual-term'] : []), // said twice
      ];
      return [
        { by: 'coverPage', ...read, facts: facts(item, says) },
        ...deviations.map((deviation) => playbook(read, { form, deviation, differs: true })),
      ];
    }),
  ];
}

/** What no words of the draft show. */
export function otherSuspicions(
  { form, comparison }: Reading,
  { kind, counterparty }: Request,
  contract: { counterparty: string } | null,
): Suspicion[] {
  const holds: Record<string, boolean> = {
    'no-standard-form': form === 'other',
    'unaccounted-text': (comparison?.unshown ?? 0) > 0,
    'counterparty-differs': contract !== null && !isSame(plainName, contract.counterparty, counterparty),
    'renewal-unknown': kind === 'renewal' && contract === null,
  };
  const deviations = Object.keys(holds).filter((deviation) => holds[deviation]);
  return deviations.map((deviation) => playbook({ ...nowhere, clause: 'any' }, { form, deviation, differs: false }));
}

/** The first of those that say the same of the same clause. */
function unlike<S extends Suspicion>(suspicions: S[]): S[] {
  const sayings = suspicions.map(({ clause, quote, facts }) => JSON.stringify([clause, quote, facts]));
  return suspicions.filter((_, index) => sayings.indexOf(sayings[index]!) === index);
}

/** Enough to recognise it by; never half a character. */
const cut = (quote: string) => quote.slice(0, 1_000).replace(/[\ud800-\udbff]$/, '');

const careful = ['none', 'approve', 'fallback', 'escalate', 'stop'];

/** The most findings that anybody is shown; the gravest come first. */
const most = 60;

/** What the tables said of each suspicion, as far as it is one. What a model adds takes the place of nothing that code found. */
export function findingsOf(judged: readonly Judged[]): { finding: Finding; difference: Difference | undefined }[] {
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
  judged.toSorted((a, b) => careful.indexOf(b.severity) - careful.indexOf(a.severity));
