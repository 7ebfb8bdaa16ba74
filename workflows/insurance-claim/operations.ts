import { approvedBy, type Refusal } from '../../core/run/approval.ts';
import { type Claim, type Cover, impactOf, type Packet, type Seen, sendBack } from './claim-file.ts';
import * as letters from './letters.ts';
import { packetOf } from './look.ts';
import { planIntake } from './weigh.ts';

/** The notice is acknowledged within its statutory time, and a reserve is set by rule. */
export async function takeIn(claim: Claim, seen: Seen): Promise<void> {
  const { notice, file, steps, today } = claim;
  const { check, handOff, act } = steps;
  const { claimId } = notice;
  const { facts, terms } = planIntake(notice, seen);

  file.acknowledgeBy = terms.acknowledgeBy;
  const ruling = await check.intake(facts, terms);
  const packet = packetOf(claim, seen, { rule: ruling.rule, flags: [], missing: [] });
  const opened =
    ruling.verdict === 'allow'
      ? approvedBy(ruling)
      : await handOff.reserve(packet, ruling.terms, { dueBy: terms.acknowledgeBy });
  if (opened.verdict !== 'approved') return;

  const { reserve, currency, acknowledgeBy, letter } = opened.terms;
  await act.setReserve({ claimId, reserve, currency }, opened);
  const sent = await act.acknowledge({ claimId, letter }, opened);
  file.reserve = reserve;
  file.acknowledgedOnTime = sent !== undefined && today() <= acknowledgeBy;
}

/** The claimant is asked by letter; no person waits meanwhile. */
export async function ask({ notice, file, steps }: Claim, wants: string[]) {
  const { check, act, receive, compensate, conclude } = steps;
  const { claimId } = notice;
  const letter = letters.request(notice, wants);
  const ruling = await check.request({ wanted: wants.length }, { claimId, wants, letter });
  if (ruling.verdict === 'allow') await act.requestInformation({ claimId, letter }, approvedBy(ruling));
  file.asked += 1;

  const came = await receive.information({ claimId });
  if (came?.withdrawnBecause !== undefined) {
    await compensate.setReserve('the claim was withdrawn');
    return conclude.withdrawn({ because: came.withdrawnBecause }, impactOf(file));
  }
  file.documents.push(...(came?.documents ?? []));
  file.policyNumber = came?.policyNumber ?? file.policyNumber;
  return undefined;
}

/** A "no" to what a rule found sets that finding aside; what is sent back is asked of the claimant; silence asks anew. */
async function otherwise(claim: Claim, { verdict, because }: Refusal, { outputs }: Cover) {
  if (verdict === 'rejected') claim.file.setAside.push(outputs.concern);
  if (verdict !== 'returned') return undefined;
  sendBack(claim.file, because);
  return ask(claim, [because]);
}

/** Only a person denies, and names the clause. */
export async function deny(claim: Claim, packet: Packet, ruling: Cover) {
  const { notice, file, steps } = claim;
  const { check, handOff, act, compensate, conclude } = steps;
  const { claimId } = notice;
  const grounds = await check.grounds({ rule: ruling.rule }, { claimId });
  const { clause } = grounds.outputs;
  const letter = letters.denial(notice, clause);

  const denied = await handOff.deny(packet, { claimId, clause, letter }, { to: grounds });
  if (denied.verdict !== 'approved') return otherwise(claim, denied, ruling);
  await compensate.setReserve('the claim was denied');
  await act.tellDenied({ claimId, letter: denied.terms.letter }, denied);
  return conclude.denied({ clause: denied.terms.clause, by: denied.by, rework: file.rework }, impactOf(file));
}

export async function closeAsDuplicate(claim: Claim, packet: Packet, ruling: Cover, duplicateOf: string) {
  const { notice, file, steps } = claim;
  const { handOff, act, compensate, conclude } = steps;
  const { claimId } = notice;
  const letter = letters.closure(notice, duplicateOf);

  const closed = await handOff.close(packet, { claimId, duplicateOf, letter }, { to: ruling });
  if (closed.verdict !== 'approved') return otherwise(claim, closed, ruling);
  await compensate.setReserve(`the loss is claim ${duplicateOf}`);
  await act.tellClosed({ claimId, letter: closed.terms.letter }, closed);
  return conclude['closed-duplicate']({ duplicateOf, by: closed.by }, impactOf(file));
}

/** An examiner says what is covered: to finance with it, or, where it is nothing, to whoever denies. */
export async function assess(claim: Claim, packet: Packet, ruling: Cover) {
  const assessed = await claim.steps.handOff.assess(packet, ruling.terms, { to: ruling });
  if (assessed.verdict === 'approved' && assessed.terms.amount > 0) return { covered: assessed.terms.amount };
  if (assessed.verdict === 'approved' || assessed.verdict === 'rejected')
    return { ended: await deny(claim, packet, ruling) };
  return { ended: await otherwise(claim, assessed, ruling) };
}
