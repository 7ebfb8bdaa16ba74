import type { Evidence } from '../evidence.ts';
import { each, type Invariant, together } from './invariant.ts';

const stages = ['waiting', 'at-risk', 'escalated', 'expired'];

/** Whatever is open is somebody's, until a time; and each moment of a contract came once, in its order. */
export const ownedAndDue: Invariant = {
  number: 7,
  name: 'every open step has owner and due time, each moment fired once',
  check: ({ handoffs, waits, tasks, records, definitions }) =>
    together(
      each(handoffs, (handoff) => momentsOf(records.get(handoff.caseId) ?? [], handoff)),
      each(waits, ({ caseId, process, name, owner, until }) => {
        const declared = definitions[process]!.events[name]?.owner;
        return until && (owner || !declared) ? undefined : `${caseId}: waits for ${name} without owner or end`;
      }),
      each(tasks, ({ key, kind, owner, dueAt }) =>
        owner && dueAt ? undefined : `${key}: ${kind} without owner or due time`,
      ),
    ),
};

function momentsOf(
  lines: readonly { type: string; key: string; seq: number }[],
  { id, kind, owner, state, slaStage, escalatesAt, expiresAt }: Evidence['handoffs'][number],
): string[] {
  if (state === 'open' && !(owner && escalatesAt && (expiresAt || kind === 'task')))
    return [`${id}: without owner or due time`];
  const of = (stage: string) =>
    lines.filter(({ type, key }) => type === `handoff.${stage}` && key === `${id}/${stage}`);
  const came = stages.slice(1).map((stage) => of(stage).map(({ seq }) => seq));
  const passed = stages.indexOf(slaStage);
  const wrong = stages.slice(1).filter((_, n) => came[n]!.length !== (n < passed ? 1 : 0));
  const seqs = came.flat();
  if (seqs.some((seq, n) => n > 0 && seq < seqs[n - 1]!)) wrong.push('their order');
  return wrong.map((stage) => `${id}: at ${slaStage}, and ${stage} is on the record ${of(stage).length} times`);
}
