import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { digests, moments } from '../../outbound/moments.ts';
import { findMessage, type ListedMessage, listMessages, resendMessage } from '../../store/messages.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { seesAllHandoffs } from '../visibility.ts';

const State = z.enum(['waiting', 'held', 'in-digest', 'sending', 'sent', 'outdated', 'undeliverable']);

const Message = z.object({
  id: z.uuid(),
  receiver: z.string().describe('A person for mail, a queue for chat'),
  channel: z.enum(['mail', 'chat']),
  moment: z.enum([...moments, ...digests]),
  handoffId: z.string().nullable().describe('null: a digest'),
  state: State,
  because: z.string().nullable().describe('Why it is outdated or undeliverable, or is tried again'),
  tries: z.int(),
  interrupted: z
    .int()
    .describe('How often a process ended while it was sending: it may have come that many times more'),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
});

const shown = (message: ListedMessage): z.output<typeof Message> => {
  const { id, receiver, channel, moment, handoffId, state, because, tries, interrupted, createdAt, sentAt } = message;
  return {
    ...{ id, receiver, channel, moment, handoffId, state, because, tries, interrupted },
    ...{ createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() ?? null },
  };
};

export const list = route({
  method: 'get',
  path: '/messages',
  summary:
    'What was sent to whom, or could not be, newest first; who is no administrator or auditor sees their own mail',
  who: 'anyone',
  query: z.strictObject({
    state: State.optional(),
    receiver: text(200).min(1).optional(),
    after: placeIn('messages').optional(),
    limit: Limit,
  }),
  answers: {
    200: {
      description: 'A page of messages',
      schema: z.object({ messages: z.array(Message), next: z.string().optional().describe('Pass as `after`') }),
    },
  },
  problems: [],
  async answer({ caller, query: { state, receiver, after, limit } }, { pool }) {
    const to = seesAllHandoffs(caller) ? undefined : caller.person;
    const found = await listMessages(pool, { to, receiver, state, after, limit });
    return { status: 200, body: { messages: found.map(shown), ...nextOf('messages', found, limit) } };
  },
});

export const resend = route({
  method: 'post',
  path: '/messages/{messageId}/resend',
  summary: 'Send a message again that could not be delivered',
  who: ['admin'],
  answers: { 200: { description: 'The message as it is now', schema: Message } },
  problems: ['not-found', 'not-undeliverable'],
  async answer({ params }, { pool }) {
    const id = z.uuid().safeParse(params['messageId']);
    const found = id.success ? await findMessage(pool, id.data) : undefined;
    if (!found) throw new Problem('not-found');
    const again = await resendMessage(pool, found.id);
    if (!again) throw new Problem('not-undeliverable');
    return { status: 200, body: shown(again) };
  },
});
