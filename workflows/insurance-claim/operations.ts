import { approvalFor, approvedBy, type Refusal } from '../../core/run/approval.ts';
import { again } from '../../core/run/rounds.ts';
import type { Case } from '../../core/run/steps.ts';
import { type Claim, type ClaimFile, impactOf, sentBack } from './claim-file.ts';
import { confirmed } from './confirmed.ts';
import { closureFacts, denialFacts, intakeFacts } from './facts.ts';
import { packetOf } from './look.ts';
import { closureTerms, denialTerms, duplicateOf, intakeTerms, requestTerms } from './terms.ts';
import type { Ruling, Terms, Turn, Verbs } from './types.ts';

/** The notice is acknowledged within its statutory time, and a reserve is set by rule. */
export async function takeIn(claim: Claim, { check, handOff, act }: Verbs, today: Case['today']): Promise<ClaimFile> {
  const { claimId } = claim.notice;
  const planned = intakeTerms(claim);
  const { acknowledgeBy } = planned;
  const file = { ...claim, acknowledgeBy };

  const ruling = await check.intake(intakeFacts(planned, claim), planned);
  const review = () => handOff.reserve(packetOf(file, ruling.rule), planned, { dueBy: acknowledgeBy });
  const opened = await approvalFor(ruling, { review });
  if (opened.verdict !== 'approved') return file;

  const { reserve, currency, letter } = opened.terms;
  await act.setReserve({ claimId, reserve, currency }, opened);
  const sent = await act.acknowledge({ claimId, letter }, opened);
  return { ...file, reserve, acknowledgedOnTime: sent !== undefined && today() <= acknowledgeBy };
}

/** The claimant is asked by letter; no person waits meanwhile. */
export async function ask(file: ClaimFile, wants: string[], steps: Verbs): Promise<Turn> {
  const { check, act, receive, compensate, conclude } = steps;
  const { claimId } = file.notice;
  const terms = requestTerms(file.notice, wants);
  const ruling = await check.request({ wanted: wants.length }, terms);
  if (ruling.verdict === 'allow') await act.requestInformation({ claimId, letter: terms.letter }, approvedBy(ruling));

  const came = await receive.information({ claimId });
  if (came?.withdrawnBecause !== undefined) {
    await compensate.setReserve('the claim was withdrawn');
    return conclude.withdrawn({ because: came.withdrawnBecause }, impactOf(file));
  }
  const documents = [...file.documents, ...(came?.documents ?? [])];
  const policyNumber = came?.policyNumber ?? file.policyNumber;
  return again({ ...file, documents, policyNumber, asked: file.asked + 1 });
}

/** A "no" to what a rule found sets that finding aside; what is sent back is asked of the claimant; silence asks anew. */
export async function otherwise(
  claim: Claim,
  { outputs: { concern } }: Ruling<'cover'>,
  { verdict, because }: Refusal,
  steps: Verbs,
): Promise<Turn> {
  switch (verdict) {
    case 'rejected':
      return again({ ...claim, setAside: [...claim.setAside, concern] });
    case 'returned':
      return ask(sentBack(claim, because), [because], steps);
    case 'expired':
      return again(claim);
  }
}

/** Only a person denies, and names the clause. */
export async function deny(claim: Claim, ruling: Ruling<'cover'>, steps: Verbs): Promise<Turn> {
  const { check, handOff, act, compensate, conclude } = steps;
  const { notice, rework } = claim;
  const { claimId } = notice;
  const grounds = await check.grounds({ rule: ruling.rule }, { claimId });

  const rule = (terms: Terms<'denial'>) => check.denial(denialFacts(terms, grounds), terms);
  const put = (to: Ruling<'denial'>) => handOff.deny(packetOf(claim, ruling.rule), to.terms, { to });
  const denied = await confirmed(denialTerms(notice, grounds.outputs.clause), rule, put);
  if (denied.verdict !== 'approved') return otherwise(claim, ruling, denied, steps);

  const { clause, letter } = denied.terms;
  await compensate.setReserve('the claim was denied');
  await act.tellDenied({ claimId, letter }, denied);
  return conclude.denied({ clause, by: denied.by, rework }, impactOf(claim));
}

/** The loss is in the house already, under another claim. */
export async function closeAsDuplicate(claim: Claim, ruling: Ruling<'cover'>, steps: Verbs): Promise<Turn> {
  const { check, handOff, act, compensate, conclude } = steps;
  const { notice } = claim;
  const { claimId } = notice;

  const rule = (terms: Terms<'closure'>) => check.closure(closureFacts(terms), terms);
  const put = (to: Ruling<'closure'>) => handOff.close(packetOf(claim, ruling.rule), to.terms, { to });
  const closed = await confirmed(closureTerms(notice, duplicateOf(claim) ?? ''), rule, put);
  if (closed.verdict !== 'approved') return otherwise(claim, ruling, closed, steps);

  const { letter, duplicateOf: other } = closed.terms;
  await compensate.setReserve(`the loss is claim ${other}`);
  await act.tellClosed({ claimId, letter }, closed);
  return conclude['closed-duplicate']({ duplicateOf: other, by: closed.by }, impactOf(claim));
}
