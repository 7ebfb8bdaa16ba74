import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { nameOfFault } from '../environment/fault.ts';
import type { Report } from '../environment/log.ts';
import { ongoingFault } from '../environment/ongoing-fault.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { type Sent, storeSent, takeMessages, type TakenMessage } from '../store/sending.ts';
import { backOffMs } from './back-off.ts';
import { slackCard } from './chat/slack.ts';
import { teamsCard } from './chat/teams.ts';
import { type Content, contentOf, type Speaking } from './content.ts';
import { digestContentOf } from './digest-content.ts';
import { keepWhatWasSent } from './keep-what-was-sent.ts';
import { isAddress, type Mailer, plainText } from './mail.ts';
import { type PostFailure, type PostLimits, postOutside, type Posted } from './post.ts';

export interface Sending extends Speaking {
  /** Absent: there is no mail server, and mail is undeliverable. */
  mailer: Mailer | undefined;
  /** Where mail says that it comes from: of its part behind the @ are the ids of messages. */
  domain: string;
  post: PostLimits;
  report: Report;
  timing?: Partial<SendingTimes>;
}

export interface SendingTimes {
  everyMs: number;
  /** After the first try that failed; then twice as long each time, up to the longest. */
  firstRetryMs: number;
  longestRetryMs: number;
  leaseSeconds: number;
  perMinute: number;
}

export const usualTimes: SendingTimes = {
  everyMs: 1_000,
  firstRetryMs: 5_000,
  longestRetryMs: 300_000,
  leaseSeconds: 300,
  perMinute: 30,
};

/** By one process; and to one receiver: a chat that is slow leaves room for others, mail all goes to one server. */
const batch = 10;
const toOne = { mail: batch, chat: 2 };

/** Sends what is stored. Any number of processes may run one at once. Nothing it meets ends it. */
export function startSending(pool: Pool, sending: Sending): Repeating {
  const times = { ...usualTimes, ...sending.timing };
  const sent = (message: TakenMessage) => sendOne(pool, sending, times, message);
  const both = (['mail', 'chat'] as const).map((channel) => {
    const { leaseSeconds: lease, perMinute } = times;
    const take = (limit: number) => takeMessages(pool, { channel, limit, atOnce: toOne[channel], lease, perMinute });
    const fault = ongoingFault(sending.report, 'messages');
    return repeating(times.everyMs, (closing) => drain(take, sent, closing, times.everyMs).then(fault.over, fault.met));
  });
  return {
    wake: () => both.forEach((one) => one.wake()),
    async close() {
      await Promise.all(both.map((one) => one.close()));
      sending.mailer?.close();
    },
  };
}

/** Sends until nothing is due, or all that was tried at last failed: while a server is away the rest would only fail as well. A slow one holds up no other. */
async function drain(
  take: (limit: number) => Promise<TakenMessage[]>,
  send: (message: TakenMessage) => Promise<Sent>,
  closing: AbortSignal,
  everyMs: number,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const faults: unknown[] = [];
  let failed = 0;
  do {
    const free = closing.aborted || failed >= batch || faults.length > 0 ? 0 : batch - underWay.size;
    const none = (error: unknown) => (faults.push(error), []);
    for (const message of free === 0 ? [] : await take(free).catch(none)) {
      const one: Promise<void> = send(message)
        .then(({ state }) => void (failed = state === 'later' ? failed + 1 : 0))
        .catch((error: unknown) => void faults.push(error))
        .finally(() => underWay.delete(one));
      underWay.add(one);
    }
    if (underWay.size > 0) await Promise.race([...underWay, delay(everyMs, undefined, { ref: false })]);
  } while (underWay.size > 0);
  if (faults.length > 0) throw faults[0];
}

async function sendOne(pool: Pool, sending: Sending, times: SendingTimes, message: TakenMessage): Promise<Sent> {
  const sent = await tryToSend(pool, sending, times, message).catch((error: unknown): Sent => {
    return later(times, message, nameOfFault(error));
  });
  await keepWhatWasSent(() => storeSent(pool, message, sent));
  return sent;
}

async function tryToSend(pool: Pool, sending: Sending, times: SendingTimes, message: TakenMessage): Promise<Sent> {
  const { handoff, asks, active, channel } = message;
  if (!active) return { state: 'outdated', because: 'not active' };
  if (asks && handoff && !handoff.open) return { state: 'outdated', because: 'answered' };
  const content = handoff ? contentOf(sending, message, handoff) : await digestContentOf(pool, sending, message);
  if (!content) return { state: 'outdated', because: 'nothing to say' };
  return channel === 'mail' ? sendMail(sending, times, message, content) : sendChat(sending, times, message, content);
}

async function sendMail({ mailer, domain }: Sending, times: SendingTimes, message: TakenMessage, content: Content) {
  const { email: to, key } = message;
  if (to === null) return undeliverable('no-address');
  if (!isAddress(to)) return undeliverable('address-invalid');
  if (!mailer) return undeliverable('no-mail-server');
  const { subject, language } = content;
  const done = await mailer.send({
    ...{ to, subject, text: plainText(content), language },
    messageId: `<${key}@${domain}>`,
  });
  if (done.state === 'refused') return undeliverable(done.because);
  return done.state === 'sent' ? done : later(times, message, done.because);
}

async function sendChat(
  { post }: Sending,
  times: SendingTimes,
  message: TakenMessage,
  content: Content,
): Promise<Sent> {
  if (!message.chat) return undeliverable('no-chat');
  const { kind, url } = message.chat;
  const card = kind === 'slack' ? slackCard(content) : teamsCard(content);
  const headers = { 'content-type': 'application/json' };
  return afterPost(times, message, await postOutside({ url, headers, body: JSON.stringify(card) }, post));
}

/** What nobody but the operator or whoever set the URL can mend. */
const finalFailures: readonly PostFailure[] = ['url-refused', 'address-refused', 'redirected'];
/** Not now. */
const laterStatus = [408, 425, 429];

function afterPost(times: SendingTimes, message: TakenMessage, posted: Posted): Sent {
  if ('failure' in posted) {
    const { failure } = posted;
    return finalFailures.includes(failure) ? undeliverable(failure) : later(times, message, failure);
  }
  const { status, retryAfterMs } = posted;
  if (status >= 200 && status < 300) return { state: 'sent' };
  const because = `http-${status}`;
  if (status >= 400 && status < 500 && !laterStatus.includes(status)) return undeliverable(because);
  return later(times, message, because, retryAfterMs);
}

const longestWaitMs = 24 * 3_600_000;

/** Not before the receiver said, which then holds for all it gets. */
function later(times: SendingTimes, { tries }: TakenMessage, because: string, retryAfterMs?: number): Sent {
  const backOff = backOffMs(tries, { firstMs: times.firstRetryMs, mostMs: times.longestRetryMs });
  const inMs = Math.max(backOff, Math.min(retryAfterMs ?? 0, longestWaitMs));
  return { state: 'later', because, inMs, all: retryAfterMs !== undefined };
}

const undeliverable = (because: string): Sent => ({ state: 'undeliverable', because });
