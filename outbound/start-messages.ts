import type { Pool } from 'pg';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import type { Report } from '../environment/log.ts';
import type { Allowed } from './addresses.ts';
import { smtpMailer } from './mail.ts';
import { domainOf, type MailSettings, usualFrom } from './mail-settings.ts';
import type { MailSink } from './mail-sink.ts';
import { startDigests } from './digests.ts';
import { type Called, namesOf } from './names.ts';
import { type SendingTimes, startSending } from './send.ts';
import type { Language } from './wording.ts';

export interface MessagesOptions {
  pool: Pool;
  definitions: Readonly<Record<string, ProcessDefinition>>;
  /** What declared names are called. */
  words: Readonly<Record<Language, Called>>;
  mail: MailSettings;
  /** What takes mail where there is no mail server; absent in production. */
  sink: MailSink | undefined;
  apiUrl: string;
  outboundAllowed: Allowed;
  report: Report;
  timing?: Partial<SendingTimes>;
}

/** Sends messages and makes digests in this process, until it is closed. */
export function startMessages({
  pool,
  definitions,
  words,
  mail,
  sink,
  apiUrl,
  outboundAllowed,
  report,
  timing = {},
}: MessagesOptions) {
  const { smtpUrl, from = usualFrom, publicUrl = apiUrl } = mail;
  const mailer = smtpUrl ? smtpMailer({ url: smtpUrl, from }) : sink;
  const post = { allowed: outboundAllowed, timeoutMs: 15_000 };
  const speaking = { names: namesOf(definitions, words), publicUrl };
  const sending = startSending(pool, { ...speaking, mailer, domain: domainOf(from), post, report, timing });
  const digests = startDigests(pool, report);
  return { close: () => Promise.all([sending.close(), digests.close()]) };
}
