import type { Pool } from 'pg';
import { readWords } from '../../api/words.ts';
import { allowedOf } from '../../outbound/addresses.ts';
import { smtpMailer } from '../../outbound/mail.ts';
import { storesMessages } from '../../outbound/messages-of.ts';
import { namesOf } from '../../outbound/names.ts';
import { type Sending, startSending } from '../../outbound/send.ts';
import { decide, findHandoff, turnHandoff, withHandoff } from '../../store/handoffs.ts';
import { setRoles } from '../../store/members.ts';
import { handOut } from '../../store/outbox.ts';
import { createPool } from '../../store/pool.ts';
import type { ProcessDefinition } from '../../core/declare/define.ts';
import * as declared from '../../workflows/definitions.ts';
import { migratedDatabase } from '../harness.ts';
import { until } from '../world.ts';

export interface Stored {
  key: string;
  receiver: string;
  channel: string;
  moment: string;
  state: string;
  because: string | null;
  tries: number;
  interrupted: number;
}

export const from = 'Baton <baton@baton.example>';
export const publicUrl = 'https://baton.example';
/** Waits between tries that a test can wait for. */
export const hurried = { everyMs: 50, firstRetryMs: 100, longestRetryMs: 300, leaseSeconds: 2, perMinute: 1_000 };

/** A store with the people of support, and what goes out from it. */
export async function messageWorld(definitions: Record<string, ProcessDefinition> = declared) {
  const url = await migratedDatabase();
  const pool: Pool = createPool(url, { max: 10 });
  const people: [string, string[]][] = [
    ['leo', ['support-leads']],
    ['lea', ['support-leads']],
    ['mia', ['support-managers']],
    ['cora', ['customer-support']],
    ['rita', ['requester', 'refund-requesters']],
  ];
  for (const [person, roles] of people) {
    await setRoles(pool, person, roles);
    await pool.query('update people set email = $2 where person = $1', [person, `${person}@example.com`]);
  }
  const receiver = storesMessages(definitions);

  return {
    pool,
    databaseUrl: url,
    /** Hands out all lines that wait. */
    async handOut() {
      while ((await handOut(pool, 100, [receiver])) > 0);
    },
    send: (smtpUrl: string | undefined, more: Partial<Sending> = {}) =>
      startSending(pool, {
        ...{
          names: namesOf(definitions, readWords(definitions)),
          publicUrl,
          domain: 'baton.example',
          report: () => undefined,
          timing: hurried,
        },
        mailer: smtpUrl === undefined ? undefined : smtpMailer({ url: smtpUrl, from, timeoutMs: 5_000 }),
        post: { allowed: allowedOf(['127.0.0.1']), timeoutMs: 2_000 },
        ...more,
      }),
    async stored(): Promise<Stored[]> {
      const { rows } = await pool.query(
        'select key, receiver, channel, moment, state, because, tries, interrupted from messages order by id',
      );
      return rows as Stored[];
    },
    /** Waits until nothing is to be sent any more. */
    settled: () =>
      until(async () => {
        const { rows } = await pool.query("select 1 from messages where state in ('waiting', 'sending')");
        return rows.length === 0;
      }, 'all is sent'),
    /** The handoff's next stage comes now. */
    async turn(id: string) {
      const { slaStage } = (await findHandoff(pool, id))!;
      const column = { waiting: 'at_risk_at', 'at-risk': 'escalates_at', escalated: 'expires_at', expired: '' }[
        slaStage
      ];
      await pool.query(`update handoffs set ${column} = now() where id = $1`, [id]);
      await turnHandoff(pool, id);
    },
    decide: (id: string, by: string, verdict: 'approved' | 'rejected' = 'approved') =>
      withHandoff(pool, id, (db, handoff) =>
        decide(db, handoff!, { verdict, by, role: 'support-leads', because: 'As agreed.' }),
      ),
    lead: (queue: string, person: string) =>
      pool.query('insert into queue_leads (queue, person) values ($1, $2)', [queue, person]),
    close: () => pool.end(),
  };
}
export type MessageWorld = Awaited<ReturnType<typeof messageWorld>>;

/** Who learns of what, in a form that reads in a test. */
export const whoLearns = (messages: readonly Stored[]): string[] =>
  messages.map(({ receiver, channel, moment }) => `${moment} → ${receiver}${channel === 'chat' ? ' (chat)' : ''}`);

/** What became of each, by moment and receiver. */
export const states = (messages: readonly Stored[]): Record<string, string> =>
  Object.fromEntries(messages.map(({ receiver, moment, state }) => [`${moment} ${receiver}`, state]));
