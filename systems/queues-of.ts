import type { Handoff, ProcessDefinition } from '../core/declare/definition.ts';
import { queuesIn } from '../core/declare/owner.ts';
import { systemOf } from './index.ts';

/** Every role that answers for something in this process: decisions, escalations, data, writes, the process itself. */
export const queuesOf = (process: ProcessDefinition): Set<string> => {
  const { owner, supervisedBy = owner, handoffs, context, actions, events } = process;
  return new Set([
    ...[owner, supervisedBy],
    ...Object.values(handoffs).flatMap((contract) => [
      ...queuesIn(contract.owner),
      contract.escalateTo,
      ...reworking(contract),
    ]),
    ...Object.values(context).map((source) => source.owner),
    ...Object.values(actions).flatMap(({ does }) => answeringFor(does)),
    ...Object.values(events).flatMap((event) => event.owner ?? []),
  ]);
};

/** The queue that something goes back to; the requester is none. */
const reworking = ({ rework }: Handoff): string[] =>
  rework?.to === undefined || rework.to === 'requester' ? [] : [rework.to];

/** Who gets the task when a write is in doubt; a case that is opened is its own process's. */
const answeringFor = (operation: string): string[] => {
  const system = systemOf(operation);
  return system && !system.internal ? [system.owner] : [];
};
