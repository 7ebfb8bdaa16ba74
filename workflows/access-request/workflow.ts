import { approvedBy } from '../../core/messages.ts';
import { process } from '../../core/process.ts';
import type { definition } from './definition.ts';

export const accessRequest = process<typeof definition>('access-request', async (request, steps) => {
  const { assemble, infer, check, handOff, act, conclude } = steps;
  const { requestId, wish } = request;

  const { subject } = await assemble({ subject: { subject: request.subject } });
  const { answer, confident, evidence } = await infer.assess({ wish, subject });
  const { supported, summary } = answer;

  const terms = { requestId, subject: request.subject, note: wish };
  const facts = { known: subject !== null, status: subject?.status ?? '', supported, confident };
  const ruling = await check.approval(facts, terms);
  if (ruling.verdict === 'deny') return conclude.declined({ because: ruling.rule });

  const packet = { request, summary, evidence, rule: ruling.rule };
  const decision = ruling.verdict === 'allow' ? approvedBy(ruling) : await handOff.review(packet, ruling.terms);
  if (decision.verdict !== 'approved') return conclude.declined({ because: decision.because });

  const { entryId } = await act.enterNote({ subject: request.subject, note: wish }, decision);
  return conclude.entered({ entryId });
});
