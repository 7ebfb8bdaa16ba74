import { z } from 'zod';
import { findings } from '../core/declare/tasks.ts';

/**
 * What subscribers are told, by the type of the line of the record. Each field that may go out stands here: identifiers, declared
 * names, fixed words and instants. No terms, no packets, no reasons, nobody's name.
 */

const Instant = z.iso.datetime();
const ofCase = { process: z.string() };
const ofHandoff = {
  ...ofCase,
  handoffId: z.string(),
  kind: z.enum(['decision', 'task']),
  name: z.string().describe('As the process declares it; of a task its kind'),
  queue: z.string().optional().describe('Whose turn it is; not there where it is a person’s by name'),
};
const due = { atRiskAt: Instant, escalatesAt: Instant, expiresAt: Instant.optional().describe('Not of a task') };
const ofAction = {
  ...ofCase,
  key: z.string().describe('Of the write: its Idempotency-Key in the system'),
  action: z.string(),
  operation: z.string(),
};

export const eventTypes = {
  'case.opened': { says: 'A case began', data: z.object(ofCase) },
  'case.closed': {
    says: 'A case concluded, failed, was cancelled or terminated; what it still asked of people is withdrawn',
    data: z.object({
      ...ofCase,
      outcome: z.string(),
      rollback: z
        .enum(['complete', 'partial'])
        .optional()
        .describe('Whether all that it wrote is taken back, where it is'),
    }),
  },
  'handoff.opened': { says: 'It is a person’s turn', data: z.object({ ...ofHandoff, ...due }) },
  'handoff.at-risk': {
    says: 'Three quarters of the time to answer are over',
    data: z.object({ ...ofHandoff, ...due }),
  },
  'handoff.escalated': {
    says: 'The time to answer is over: another queue has it',
    data: z.object({ ...ofHandoff, ...due }),
  },
  'handoff.unattended': { says: 'Nobody is behind the queue whose turn it is', data: z.object(ofHandoff) },
  'handoff.asked': { says: 'Somebody who is to decide asked a question', data: z.object(ofHandoff) },
  'handoff.answered': { says: 'A question was answered', data: z.object(ofHandoff) },
  'handoff.reassigned': { says: 'It was given to somebody else', data: z.object({ ...ofHandoff, ...due }) },
  'handoff.decided': {
    says: 'It was decided, also by the end of all its time',
    data: z.object({
      ...ofHandoff,
      verdict: z.enum(['approved', 'rejected', 'returned', 'expired']),
      amended: z.boolean().describe('Whether the terms were changed by whoever approved them'),
    }),
  },
  'handoff.expired': { says: 'Nobody answered in all its time', data: z.object(ofHandoff) },
  'handoff.completed': {
    says: 'A task was completed',
    data: z.object({ ...ofHandoff, found: z.enum(findings) }),
  },
  'handoff.withdrawn': { says: 'It is asked no more, while its case goes on', data: z.object(ofHandoff) },
  'action.done': { says: 'A write was applied', data: z.object(ofAction) },
  'action.refused': { says: 'A system refused a write', data: z.object(ofAction) },
  'compensation.started': {
    says: 'What a case wrote is being taken back; what it still asked of people is withdrawn',
    data: z.object(ofCase),
  },
  'action.compensated': { says: 'A write was taken back', data: z.object(ofAction) },
  'action.stuck': { says: 'A write could not be taken back: it is a task', data: z.object(ofAction) },
} as const satisfies Record<string, { says: string; data: z.ZodObject }>;

const prefix = 'baton.';
export type LineType = keyof typeof eventTypes;
export type EventType = `${typeof prefix}${LineType}`;

export const isTold = (type: string): type is LineType => Object.hasOwn(eventTypes, type);
export const nameOf = (type: LineType): EventType => `${prefix}${type}`;
export const eventNames = (Object.keys(eventTypes) as LineType[]).map(nameOf) as [EventType, ...EventType[]];

/** CloudEvents 1.0 with the extension `sequence`. */
export const envelopeOf = (type: LineType) =>
  z.object({
    specversion: z.literal('1.0'),
    id: z.string().describe('The case and the number of the line in its record: the same however often it is sent'),
    source: z.string().describe('/processes/{process}'),
    type: z.literal(nameOf(type)),
    subject: z.string().describe('The case’s id'),
    time: Instant,
    datacontenttype: z.literal('application/json'),
    sequence: z.string().describe('In the order of the case, with gaps: ten digits'),
    data: eventTypes[type].data,
  });
