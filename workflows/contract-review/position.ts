import type { Difference, Finding, Redline, Request, Reworded, Terms, Wording } from './types.ts';

/** Our words for what was found, where the model chose some that the library has for just that; the rest is taken as it is. */
export function positionOf(
  request: Request,
  draft: string,
  round: number,
  findings: readonly Finding[],
  library: readonly Wording[],
  chosen: readonly { id: string; wordingId: string }[],
  wordings: Reworded[],
): Terms<'position'> {
  const { contractId, counterparty, annualValue, currency } = request;
  const redlines = findings.flatMap(({ id, deviation, clause }): Redline[] => {
    const fitting = library.filter((wording) => wording.deviation === deviation);
    const choice = chosen.find((one) => one.id === id)?.wordingId;
    const wording = fitting.find(({ wordingId }) => wordingId === choice) ?? fitting[0];
    return wording ? [{ id, deviation, clause, wordingId: wording.wordingId, wording: wording.text }] : [];
  });
  const accepts = findings.filter(({ id }) => !redlines.some((redline) => redline.id === id));
  return {
    ...{ contractId, counterparty, round, draft, annualValue, currency, redlines },
    accepts: deviationsOf(accepts),
    wordings,
  };
}

/**
 * Clauses that say it in other words and depart from the form in nothing else that anybody found. Whoever accepts one may have
 * it added to the library; nothing is added unasked.
 */
export function rewordedIn(
  formId: string,
  found: readonly { finding: Finding; difference: Difference | undefined }[],
): Reworded[] {
  return found.flatMap(({ finding: { id, deviation }, difference }): Reworded[] => {
    if (!difference?.wording || !['other-words', 'unusual-term'].includes(deviation)) return [];
    if (found.filter((other) => other.difference === difference).length > 1) return [];
    return [{ id, formId, clause: difference.clause, text: difference.wording, add: false }];
  });
}

/** Words for the library that are not, word for word, those found in the draft. */
export const offDraft = (wordings: readonly Reworded[], found: readonly Reworded[]) =>
  wordings.filter(
    ({ id, formId, clause, text }) =>
      !found.some((one) => one.id === id && one.formId === formId && one.clause === clause && one.text === text),
  ).length;

/** Redlines that are not the library's words for a finding of this review. */
export const offLibrary = (redlines: readonly Redline[], findings: readonly Finding[], library: readonly Wording[]) =>
  redlines.filter(
    ({ id, deviation, wordingId, wording }) =>
      !findings.some((finding) => finding.id === id && finding.deviation === deviation) ||
      !library.some((one) => one.wordingId === wordingId && one.deviation === deviation && one.text === wording),
  ).length;

/** What is taken as it is: all that was found and is not to be changed, whatever the terms call it. */
export const accepted = ({ redlines }: Terms<'position'>, findings: readonly Finding[]): string[] =>
  deviationsOf(findings.filter(({ id }) => !redlines.some((redline) => redline.id === id)));

const deviationsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ deviation }) => deviation))];

export const counted = (findings: readonly Finding[]) => ({
  findings: findings.length,
  stops: findings.filter(({ severity }) => severity === 'stop').length,
  escalations: findings.filter(({ severity }) => severity === 'escalate').length,
  fallbacks: findings.filter(({ severity }) => severity === 'fallback').length,
});

/** What of a position the other side is sent, and what is cleared for signature. */
export const redlinesIn = ({ annualValue: _, currency: __, ...of }: Terms<'position'>) => sent(of);
export const clearanceOf = (of: Terms<'position'>) => sent(of);
const sent = <T extends object>({ accepts: _, wordings: __, ...rest }: T & { accepts: unknown; wordings: unknown }) =>
  rest;
