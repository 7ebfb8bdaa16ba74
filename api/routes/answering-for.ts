import { supervisorOf } from '../../core/declare/autonomy.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { queuesIn } from '../../core/declare/owner.ts';
import { splitOperation, systemOf } from '../../systems/index.ts';

/** As what somebody answers for something: its name is the process's, a handoff's, a source's, a system's or an event's. */
export const parts = [
  ...(['process', 'supervision', 'handoff', 'escalation', 'rework', 'source', 'system', 'event'] as const),
] as const;

interface Part {
  part: (typeof parts)[number];
  name: string;
}

/** What each queue of a process answers for in it, in the order of the declaration. */
export function partsIn(definition: ProcessDefinition): Map<string, Part[]> {
  const found = new Map<string, Part[]>();
  const add = (queue: string | undefined, part: Part['part'], name: string) => {
    if (queue === undefined || queue === 'requester') return;
    const its = found.get(queue) ?? [];
    if (!its.some((one) => one.part === part && one.name === name)) found.set(queue, [...its, { part, name }]);
  };
  const { name: process, owner, handoffs, context, events, actions } = definition;
  add(owner, 'process', process);
  add(supervisorOf(definition), 'supervision', process);
  for (const [name, handoff] of Object.entries(handoffs)) {
    for (const queue of queuesIn(handoff.owner)) add(queue, 'handoff', name);
    add(handoff.escalateTo, 'escalation', name);
    add(handoff.rework?.to, 'rework', name);
  }
  for (const [name, source] of Object.entries(context)) add(source.owner, 'source', name);
  for (const [name, event] of Object.entries(events)) add(event.owner, 'event', name);
  for (const { does } of Object.values(actions)) {
    const system = systemOf(does);
    if (system && !system.internal) add(system.owner, 'system', splitOperation(does)[0]);
  }
  return found;
}
