import { isSame, plainName } from '../../rules/canonical.ts';
import type { Contract, Facts, Finding, Position, Redline, Reworded, Wording } from './types.ts';

/** What was found in a draft, and what may be put in its place or into the library. */
export interface Material {
  reading: Facts<'proceeding'>['reading'];
  findings: readonly Finding[];
  library: readonly Wording[];
  reworded: readonly Reworded[];
}

/** What it depends on how a position proceeds: what was found, and whether people changed it to words that nobody approved. */
export function positionFacts(position: Position, of: Material): Facts<'proceeding'> {
  const { annualValue, currency, redlines, wordings } = position;
  const ofSeverity = (severity: Finding['severity']) => of.findings.filter((one) => one.severity === severity).length;
  return {
    ...{ reading: of.reading, annualValue, currency },
    findings: of.findings.length,
    stops: ofSeverity('stop'),
    escalations: ofSeverity('escalate'),
    fallbacks: ofSeverity('fallback'),
    offLibrary: redlines.filter((redline) => !isOfLibrary(redline, of)).length,
    offDraft: wordings.filter((wording) => !isOfDraft(wording, of)).length,
  };
}

/** A redline is the library's words for a finding of this review. */
const isOfLibrary = ({ id, deviation, wordingId, wording }: Redline, { findings, library }: Material): boolean =>
  findings.some((finding) => finding.id === id && finding.deviation === deviation) &&
  library.some((one) => one.wordingId === wordingId && one.deviation === deviation && one.text === wording);

/** Words for the library are, word for word, those found in the draft. */
const isOfDraft = ({ id, formId, clause, text }: Reworded, { reworded }: Material): boolean =>
  reworded.some((one) => one.id === id && one.formId === formId && one.clause === clause && one.text === text);

/** Whether the contract on file is with the counterparty that was asked about. */
export const isSameParty = (contract: NonNullable<Contract>, { counterparty }: { counterparty: string }): boolean =>
  isSame(plainName, contract.counterparty, counterparty);
