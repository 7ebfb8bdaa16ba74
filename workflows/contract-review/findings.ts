import { isSame, plainName } from '../../rules/canonical.ts';
import type { TextRef } from '../../core/declare/texts.ts';
import { coverFacts, coverItems, saysTheSame } from './cover.ts';
import type { Desk, Facts, Finding, Outline, Part, Request } from './types.ts';

/** Something in a draft that the tables have to judge, with the facts that they judge by. */
export type Suspicion = Pick<Finding, 'kind' | 'clause' | 'quote' | 'at'> &
  ({ by: 'playbook'; facts: Facts<'playbook'> } | { by: 'coverPage'; facts: Facts<'coverPage'> });

export interface Reading {
  form: string;
  outline: Outline;
  parts: Part[];
}

const absent = { kind: 'missing', quote: null, at: null } as const;
const nowhere = { kind: 'present', quote: null, at: null } as const;

/** What the playbook calls it when a clause that a form must hold is not there. */
const required = {
  indemnity: 'missing-indemnity',
  'confidentiality-duty': 'missing-confidentiality-duty',
  'force-majeure': 'missing-force-majeure',
  'return-or-destruction': 'nda-no-return',
} as const;

/** What was read of the clauses: what was changed, and what should stand and does not. */
export function suspicionsOf({ form, parts }: Reading): Suspicion[] {
  const changed = parts.flatMap(({ answer, places = [] }) =>
    answer.changes.map(({ clause, reads, quote }): Suspicion => {
      const at = places.find((place) => place.quote === quote)?.at ?? null;
      return {
        by: 'playbook',
        kind: 'present',
        clause,
        quote: cut(quote),
        at,
        facts: { form, deviation: reads, stands: true },
      };
    }),
  );
  const standing = new Set(parts.flatMap(({ answer }) => answer.standing.map(({ clause }) => clause)));
  const missing = Object.entries(required).map(([clause, deviation]): Suspicion => {
    const stands = standing.has(clause as keyof typeof required);
    return { by: 'playbook', ...absent, clause, facts: { form, deviation, stands } };
  });
  return [...unlike(changed), ...missing];
}

/** What was read of the cover page; each line that states an item counts, and so does each item that none states. */
export function coverSuspicionsOf({ form, outline }: Reading, request: Request): Suspicion[] {
  const { answer, places = [] } = outline;
  return coverItems.flatMap((item): Suspicion[] => {
    const lines = answer.cover.filter((line) => line.item === item);
    if (lines.length === 0)
      return [{ by: 'coverPage', ...absent, clause: 'cover', facts: coverFacts(form, item, undefined, request) }];
    const said = request.cover[item];
    return lines.flatMap(({ quote }): Suspicion[] => {
      const at = places.find((place) => place.quote === quote)?.at ?? null;
      const read = { kind: 'present', clause: 'cover', quote, at } as const;
      const differs = said !== undefined && !saysTheSame(quote, said);
      return [
        { by: 'coverPage', ...read, facts: coverFacts(form, item, quote, request) },
        ...(differs
          ? [{ by: 'playbook', ...read, facts: { form, deviation: 'cover-differs', stands: true } } as const]
          : []),
      ];
    });
  });
}

interface Known {
  contract: { counterparty: string } | null;
  complete: boolean;
}

/** What no words of the draft show. */
export function otherSuspicions({ form }: Reading, { kind, counterparty }: Request, { contract, complete }: Known) {
  const holds: Record<string, boolean> = {
    'no-standard-form': form === 'other',
    'unaccounted-text': !complete,
    'counterparty-differs': contract !== null && !isSame(plainName, contract.counterparty, counterparty),
    'renewal-unknown': kind === 'renewal' && contract === null,
  };
  const deviations = Object.keys(holds).filter((deviation) => holds[deviation]);
  return deviations.map((deviation): Suspicion => ({
    by: 'playbook',
    ...nowhere,
    clause: 'any',
    facts: { form, deviation, stands: true },
  }));
}

/**
 * By how many characters the draft is longer than the standard form and all that was read of it come to. What a reader kept
 * to itself is left over here, whatever the reader was told.
 */
export function unaccounted(draft: TextRef, standard: TextRef | null, { outline, parts }: Reading): number {
  const quoted = (list: readonly { quote: string }[]) => new Set(list.map(({ quote }) => quote));
  const length = (texts: Iterable<string>) => [...texts].reduce((sum, text) => sum + text.length, 0);
  const changes = parts.flatMap(({ answer }) => answer.changes);
  const added = length(quoted(changes)) - length(changes.map(({ stood }) => stood));
  const gone = length(parts.flatMap(({ answer }) => answer.removed.map(({ stood }) => stood)));
  const around = length(quoted([...outline.answer.cover, ...parts.flatMap(({ answer }) => answer.frame)]));
  return draft.characters - (standard?.characters ?? 0) - added + gone - around;
}

/** The first of those that say the same of the same clause. */
function unlike(suspicions: Suspicion[]): Suspicion[] {
  const sayings = suspicions.map(({ clause, quote, facts }) => JSON.stringify([clause, quote, facts]));
  return suspicions.filter((_, index) => sayings.indexOf(sayings[index]!) === index);
}

/** Enough to recognise it by; never half a character. */
const cut = (quote: string) => quote.slice(0, 1_000).replace(/[\ud800-\udbff]$/, '');

const careful = ['none', 'fallback', 'escalate', 'stop'];

/** The most findings that anybody is shown; the gravest come first. */
const most = 60;

/** What the tables said of each suspicion, as far as it is one. */
export function findingsOf(
  judged: readonly { suspicion: Suspicion; severity: Finding['severity']; owner: Desk; deviation: string }[],
): Finding[] {
  return judged
    .filter(({ severity }) => severity !== 'none')
    .toSorted((a, b) => careful.indexOf(b.severity) - careful.indexOf(a.severity))
    .slice(0, most)
    .map(({ suspicion: { kind, clause, quote, at }, severity, owner, deviation }, index) => ({
      ...{ id: `finding-${index + 1}`, deviation, kind, severity, owner, clause, quote, at },
    }));
}
