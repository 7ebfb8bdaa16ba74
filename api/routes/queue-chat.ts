import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { faultOfTarget } from '../../outbound/url.ts';
import { findQueueChat, isLeadOf, type QueueChat, removeQueueChat, setQueueChat } from '../../store/queue-chats.ts';
import type { Caller } from '../authentication.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { declaredRoles, hasAny } from '../visibility.ts';
import { MessageLanguage, TimeZone } from './notifications.ts';
import { declared } from '../sentences.ts';

const Kind = z.enum(['slack', 'teams']);

const Chat = z.object({
  queue: z.string(),
  kind: Kind.nullable().describe('null: it has none'),
  language: MessageLanguage.optional(),
  timeZone: z.string().optional(),
  setBy: z.string().optional(),
  setAt: z.iso.datetime().optional(),
});

const shown = (queue: string, chat: QueueChat | undefined): Record<string, unknown> => {
  if (!chat) return { queue, kind: null };
  const { kind, language, timeZone, setBy, setAt } = chat;
  return { queue, kind, language, timeZone, setBy, setAt: setAt.toISOString() };
};

const common = {
  path: '/queues/{queue}/chat',
  who: 'anyone',
  answers: { 200: { description: 'The chat of the queue, without its URL', schema: Chat } },
} as const;

export const get = route({
  ...common,
  method: 'get',
  summary: 'Which chat gets what waits in a queue; its administrator or lead sees it',
  problems: ['not-found', 'not-your-queue'],
  async answer({ caller, params }, deps) {
    const queue = await ledQueue(deps, caller, params['queue']!);
    return { status: 200, body: shown(queue, await findQueueChat(deps.pool, queue)) };
  },
});

export const put = route({
  ...common,
  method: 'put',
  summary: 'Say which chat gets it: an incoming webhook, whose URL is shown to nobody again',
  body: z.strictObject({
    kind: Kind,
    url: text(2_000).min(1),
    language: MessageLanguage.default('en'),
    timeZone: TimeZone.default('UTC'),
  }),
  problems: ['not-found', 'not-your-queue', 'request-invalid'],
  async answer({ caller, params, body }, deps) {
    const queue = await ledQueue(deps, caller, params['queue']!);
    const message = await faultOfTarget(body.url, deps.outboundAllowed);
    if (message !== undefined)
      throw new Problem('request-invalid', '', { errors: [{ field: '/url', message: declared(message) }] });
    return { status: 200, body: shown(queue, await setQueueChat(deps.pool, queue, { ...body, setBy: caller.person })) };
  },
});

export const remove = route({
  ...common,
  method: 'delete',
  summary: 'Let no chat get it any more',
  problems: ['not-found', 'not-your-queue'],
  async answer({ caller, params }, deps) {
    const queue = await ledQueue(deps, caller, params['queue']!);
    await removeQueueChat(deps.pool, queue);
    return { status: 200, body: shown(queue, undefined) };
  },
});

/** A queue that the caller leads, or any that is declared for an administrator. Throws `Problem`. */
async function ledQueue({ pool, definitions }: Deps, caller: Caller, queue: string): Promise<string> {
  const may = hasAny(caller, ['admin']) || (await isLeadOf(pool, queue, caller.person));
  if (!may) throw new Problem('not-your-queue', 'You do not lead it');
  if (!declaredRoles(definitions).has(queue)) throw new Problem('not-found', 'No process has such a queue');
  return queue;
}
