import type { Finding, Redline, Request, Terms, Wording } from './types.ts';

/** Our words for what was found, where the model chose some that the library has for just that; the rest is taken as it is. */
export function positionOf(
  request: Request,
  draft: string,
  round: number,
  findings: readonly Finding[],
  library: readonly Wording[],
  chosen: readonly { id: string; wordingId: string }[],
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
  };
}

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
});

/** What of a position the other side is sent, and what is cleared for signature. */
export const redlinesIn = ({ annualValue: _, currency: __, accepts: ___, ...sent }: Terms<'position'>) => sent;
export const clearanceOf = ({ accepts: _, ...cleared }: Terms<'position'>) => cleared;
