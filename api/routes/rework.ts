import { z } from 'zod';
import type { StoredHandoff } from '../../store/handoffs.ts';
import { rework } from '../../store/rework.ts';
import { addSignal } from '../../store/signals.ts';
import { authoritiesOf, mustBeFree } from '../authority.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { queuesOfCaller } from '../visibility.ts';
import { changedFields, changedTerms } from './changed-fields.ts';
import { contractOf } from './contract-of.ts';
import { Because, common, mustBeAsRead, mustBeOpen, refusals, show, Version, withLocked } from './decisions.ts';

const Fields = z.record(z.string(), z.unknown());

const Body = z.strictObject({
  because: Because.min(1).describe('What you did about it'),
  packet: Fields.describe('What is to be shown otherwise, by field: of `mayChange`').optional(),
  terms: Fields.describe('Terms to change, by field: of `mayAmend`').optional(),
  version: Version,
});

/** Whoever asked for the case may answer, too: this decides nothing. */
export const reworked = route({
  ...common,
  path: '/handoffs/{handoffId}/rework',
  summary: 'Answer what was sent back to you; then its owner is asked again. The first answer stands',
  who: [...common.who, 'system'],
  body: Body,
  problems: [...refusals, 'amendment-not-allowed', 'amendment-invalid'],
  async answer(call, deps) {
    const { caller, body: said } = call;
    const { signal, ...answer } = await withLocked(call, deps, async (db, handoff) => {
      const queues = await queuesOfCaller(db, caller);
      const [authority] = await authoritiesOf(db, deps.definitions, caller.person, queues, handoff);
      if (!authority) throw new Problem('not-your-queue');
      if (handoff.kind !== 'rework') throw new Problem('handoff-kind', `It is a ${handoff.kind}`);
      mustBeOpen(handoff);
      await mustBeFree(db, deps.definitions, handoff, authority);
      await mustBeAsRead(db, handoff, said);
      const { because } = said;
      await rework(db, handoff, { ...authority, because, ...changedBy(deps, handoff, said) });
      const body = { handoffId: handoff.id, verdict: 'reworked', by: caller.person };
      const signal = await addSignal(db, handoff.caseId, { signal: 'decided', body });
      return { signal, ...(await show(db, deps, handoff)) };
    });
    await tryNow(deps.temporal, (ms) => deliverSignal(deps, signal, ms));
    return answer;
  },
});

function changedBy({ definitions }: Deps, handoff: StoredHandoff, said: z.output<typeof Body>) {
  const { process, termsName, packet, terms, mayChange, mayAmend } = handoff;
  const requires = contractOf(definitions, handoff)?.requires;
  return {
    packet: changedFields({
      at: 'packet',
      before: packet,
      change: said.packet ?? {},
      may: mayChange,
      schema: requires,
    }),
    terms: changedTerms(definitions[process], termsName, {
      at: 'terms',
      before: terms,
      change: said.terms ?? {},
      may: mayAmend,
    }),
  };
}
