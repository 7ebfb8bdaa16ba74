import { isSameParty } from './facts.ts';
import type { Found } from './findings.ts';
import type {
  Clearance,
  Contract,
  Draft,
  Finding,
  Position,
  Redline,
  Redlines,
  Request,
  Review,
  Reworded,
  Wording,
} from './types.ts';

/** What is filed of a review, under the counterparty's name as it is on record. */
export const reviewOf = (
  draft: Draft,
  contract: Contract,
  form: string,
  decision: string,
  findings: Finding[],
): Review => {
  const counterparty = contract && isSameParty(contract, draft) ? contract.counterparty : draft.counterparty;
  return { ...draft, counterparty, form, decision, findings };
};

/** Our words for what was found, where the library has some for just that, as the model chose; the rest is taken as it is. */
export function positionOf(
  draft: Draft,
  { annualValue, currency }: Request,
  findings: readonly Finding[],
  library: readonly Wording[],
  chosen: readonly { id: string; wordingId: string }[],
  wordings: Reworded[],
): Position {
  const redlines = findings.flatMap(({ id, deviation, clause }): Redline[] => {
    const fitting = library.filter((wording) => wording.deviation === deviation);
    const choice = chosen.find((one) => one.id === id)?.wordingId;
    const wording = fitting.find(({ wordingId }) => wordingId === choice) ?? fitting[0];
    return wording ? [{ id, deviation, clause, wordingId: wording.wordingId, wording: wording.text }] : [];
  });
  return { ...draft, annualValue, currency, redlines, accepts: acceptedIn(redlines, findings), wordings };
}

/**
 * Clauses that say it in other words and depart from the form in nothing else that anybody found. Whoever accepts one may have
 * it added to the library; nothing is added unasked.
 */
export function rewordedIn(formId: string, found: readonly Found[]): Reworded[] {
  return found.flatMap(({ finding: { id, deviation }, difference }): Reworded[] => {
    if (!difference?.wording || !['other-words', 'unusual-term'].includes(deviation)) return [];
    if (found.filter((other) => other.difference === difference).length > 1) return [];
    return [{ id, formId, clause: difference.clause, text: difference.wording, add: false }];
  });
}

/** What is taken as it is: all that was found and is not to be changed, whatever the terms call it. */
export const acceptedIn = (redlines: readonly Redline[], findings: readonly Finding[]): string[] => [
  ...new Set(
    findings.filter(({ id }) => !redlines.some((redline) => redline.id === id)).map(({ deviation }) => deviation),
  ),
];

/** The clauses in other words that whoever accepted them set to be added to the library. */
export const wordingsToAdd = ({ wordings }: Position) =>
  wordings.flatMap(({ add, ...wording }) => (add ? [{ ...wording, add }] : []));

/** What of a position the other side is sent. */
export const redlinesIn = ({ contractId, counterparty, round, draft, redlines }: Position): Redlines => ({
  ...{ contractId, counterparty, round, draft, redlines },
});

/** What of a position is cleared for signature. */
export const clearanceOf = (position: Position): Clearance => {
  const { annualValue, currency } = position;
  return { ...redlinesIn(position), annualValue, currency };
};
