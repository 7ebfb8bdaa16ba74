import { type Approval, approvedBy } from '../../core/run/approval.ts';
import { companyAndBehaviour } from './facts.ts';
import type { Seen } from './look.ts';
import type { Entry, Verbs } from './types.ts';

/** Enters the lead, or merges it into the contact it is of, with what a model makes of it where that is sure. */
export async function takeIn(
  approval: Approval<'entry', Entry>,
  seen: Seen,
  { infer, act }: Pick<Verbs, 'infer' | 'act'>,
): Promise<void> {
  const { decision: _, contactId, ...lead } = approval.terms;
  const { answer, confident } = await infer.qualify(companyAndBehaviour(approval.terms, seen));
  const note = confident ? answer : { score: null, summary: 'Not judged: the model was not sure.' };
  if (contactId === null) await act.createLead({ ...lead, ...note }, approval);
  else await act.mergeLead({ ...lead, contactId, ...note }, approval);
}

/** Enrols who consents, and sends them the first message of the sequence unless the sequence does it in its own time. */
export async function reachOut(
  { leadId, email, consent, decision }: Entry,
  sequence: string,
  { optOut }: Pick<Seen, 'optOut'>,
  { check, act }: Pick<Verbs, 'check' | 'act'>,
): Promise<void> {
  const outreach = { leadId, email: email ?? '', sequence };
  const facts = { consent, optedOut: optOut.optedOut, reachableByMail: email !== null, sequence };
  const ruling = await check.outreach(facts, outreach);
  if (ruling.verdict !== 'allow') return;
  const approval = approvedBy(ruling);
  await act.enrolLead(outreach, approval);
  if (decision !== 'nurture') await act.sendFirstMessage(outreach, approval);
}
