import { isSame, plainName } from '../../rules/canonical.ts';
import { approvedBy } from '../../core/run/approval.ts';
import { partsOf, type TextRef } from '../../core/declare/texts.ts';
import {
  coverSuspicionsOf,
  findingsOf,
  otherSuspicions,
  type Reading,
  type Suspicion,
  suspicionsOf,
  unaccounted,
} from './findings.ts';
import { counted, offLibrary, positionOf } from './position.ts';
import type { Desk, Request, S, Terms } from './types.ts';

const desks: readonly Desk[] = ['legal', 'privacy', 'security', 'finance', 'procurement'];

/** Reads a draft against the standard form and the playbook, files what was found, and says who has to agree to what. */
export async function review(request: Request, text: TextRef, round: number, steps: S) {
  const { assemble, infer, check, act } = steps;
  const { contractId, counterparty, annualValue, currency } = request;
  const draft = text.ref;
  const ofContract = { contractId, counterparty, round, draft };

  const { contract, forms } = await assemble({ contract: { contractId }, forms: {} });
  const outline = await infer.outline({ text: partsOf(text)[0]!, forms });
  const { standard, wordings } = await assemble({
    standard: { formId: outline.answer.form },
    wordings: { formId: outline.answer.form },
  });
  const { text: against } = standard;
  const form = against ? standard.formId : 'other';
  const parts = await Promise.all(partsOf(text).map((part) => infer.clauses({ text: part, form, standard: against })));
  const read: Reading = { form, outline, parts };
  const reading = [outline, ...parts].every(({ confident }) => confident) ? ('sure' as const) : ('unsure' as const);

  const left = await check.completeness({ form, unaccounted: unaccounted(text, against, read) }, ofContract);
  const known = { contract, complete: left.verdict === 'complete' };
  const judge = async (suspicion: Suspicion) => {
    if (suspicion.by === 'playbook') {
      const { verdict, outputs } = await check.playbook(suspicion.facts, ofContract);
      return { suspicion, severity: verdict, owner: outputs.owner, deviation: suspicion.facts.deviation };
    }
    const { verdict, outputs } = await check.coverPage(suspicion.facts, ofContract);
    return { suspicion, severity: verdict, owner: outputs.owner, deviation: outputs.deviation };
  };
  const suspicions = [
    ...suspicionsOf(read),
    ...coverSuspicionsOf(read, request),
    ...otherSuspicions(read, request, known),
  ];
  const findings = findingsOf(await Promise.all(suspicions.map(judge)));

  const fitting = wordings.filter(({ deviation }) => findings.some((finding) => finding.deviation === deviation));
  const chosen =
    fitting.length > 0
      ? (await infer.wordings({ findings: findings.map(quotable), library: fitting })).answer.chosen
      : [];
  const position = positionOf(request, draft, round, findings, wordings, chosen);

  /** Ruled on as it is proposed, and again as people changed it. */
  const proceed = (terms: Terms<'position'>) => {
    const own = offLibrary(terms.redlines, findings, wordings);
    return check.proceeding({ reading, currency, annualValue, ...counted(findings), offLibrary: own }, terms);
  };
  const ruling = await proceed(position);
  const decision = ruling.verdict;

  const same = contract !== null && isSame(plainName, contract.counterparty, counterparty);
  const party = same ? contract.counterparty : counterparty;
  const reviewed = { ...ofContract, counterparty: party, form, decision, findings };
  const filed = await check.filing({ sameParty: contract === null || same }, reviewed);
  if (filed.verdict === 'allow') await act.storeReview(reviewed, approvedBy(filed));

  const isAsked = async (desk: Desk) => {
    const owned = findings.filter(({ owner }) => owner === desk).length;
    const asked = await check.approvers({ desk, owned, annualValue, currency, reading, decision }, ofContract);
    return asked.verdict === 'asked';
  };
  const asks = decision === 'allow' ? [] : await Promise.all(desks.map(isAsked));
  const { text: _, cover: __, ...about } = request;
  const packet = { request: about, draft, form, decision, rule: ruling.rule, reading, findings, round };
  return { ruling, position, findings, packet, proceed, approvers: desks.filter((_desk, index) => asks[index]) };
}

const quotable = <F extends { id: string; deviation: string; clause: string; quote: string | null }>(finding: F) => {
  const { id, deviation, clause, quote } = finding;
  return { id, deviation, clause, quote };
};
