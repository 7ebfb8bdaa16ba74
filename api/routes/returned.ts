import { z } from 'zod';
import type { Rework } from '../../core/declare/asking.ts';
import { comment } from '../../store/comments.ts';
import { decide, type StoredHandoff } from '../../store/handoffs.ts';
import type { Db } from '../../store/pool.ts';
import { escalate, openRework, timesReturned } from '../../store/rework.ts';
import { addSignal } from '../../store/signals.ts';
import type { Authority } from '../authority.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { contractOf } from './contract-of.ts';
import { Because, common, refusals, show, Version, withOpen } from './decisions.ts';

const tooOften = 'returned-too-often';

type Answering = Authority & { because: string };

export const returned = route({
  ...common,
  path: '/handoffs/{handoffId}/return',
  summary: 'Send it back for rework; once it was sent back as often as it may be, what the contract says happens',
  body: z.strictObject({ because: Because.min(1), version: Version }),
  problems: [...refusals, tooOften],
  async answer(call, deps) {
    const { caller, body: said } = call;
    const { signal, ...answer } = await withOpen(call, deps, 'decision', async (db, handoff, authority) => {
      const contract = contractOf(deps.definitions, handoff)?.rework;
      const answering = { ...authority, because: said.because };
      const verdict = await sendBack(db, handoff, contract, answering);
      const body = { handoffId: handoff.id, verdict, by: caller.person };
      // What was escalated is not decided: that signals for itself.
      const signal =
        verdict === 'escalated' ? undefined : await addSignal(db, handoff.caseId, { signal: 'decided', body });
      return { signal, ...(await show(db, deps, handoff)) };
    });
    if (signal) await tryNow(deps.temporal, (ms) => deliverSignal(deps, signal, ms));
    return answer;
  },
});

/** Answers what becomes of it. Throws `Problem` `returned-too-often`. */
async function sendBack(
  db: Db,
  handoff: StoredHandoff,
  contract: Rework | undefined,
  answering: Answering,
): Promise<'returned' | 'rejected' | 'escalated'> {
  if (!contract || (await timesReturned(db, handoff)) < contract.atMost) {
    await decide(db, handoff, { verdict: 'returned', ...answering });
    if (contract?.to !== undefined) await openRework(db, handoff, contract);
    return 'returned';
  }
  const { then } = contract;
  if (then === 'escalated' && handoff.slaStage === 'escalated') throw new Problem(tooOften);
  const said = { by: answering.by, text: answering.because, key: null };
  await comment(db, handoff, said); // the words of whoever wanted to send it back are kept
  if (then === 'escalated') await escalate(db, handoff, tooOften);
  else await decide(db, handoff, { verdict: 'rejected', ...answering, because: tooOften });
  return then;
}
