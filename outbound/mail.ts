import nodemailer from 'nodemailer';
import { nameOfFault } from '../environment/fault.ts';
import type { Content } from './content.ts';
import { say } from './wording.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  language: string;
  /** Stays the same however often it is tried. */
  messageId: string;
}

/** What became of a try: `refused` is for good. */
export type Delivered = { state: 'sent' } | { state: 'later' | 'refused'; because: string };

export interface Mailer {
  send(mail: Mail): Promise<Delivered>;
  close(): void;
}

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with name and password if it needs them. */
  url: string;
  from: string;
  timeoutMs?: number;
}

/** Sends by SMTP over at most three connections. */
export function smtpMailer({ url, from, timeoutMs = 60_000 }: SmtpOptions): Mailer {
  const transport = nodemailer.createTransport({
    ...{ url, pool: true, maxConnections: 3, disableFileAccess: true, disableUrlAccess: true },
    ...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
  });
  return {
    async send({ to, subject, text, language, messageId }) {
      try {
        await transport.sendMail({
          ...{ from, to: { name: '', address: to }, subject, text, messageId, textEncoding: 'quoted-printable' },
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { state: 'sent' };
      } catch (error) {
        return failed(error);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpError {
  responseCode?: number;
  command?: string;
}

/** A 5xx about this receiver or this message is for good. One about us, our name, password or sender, is the operator's to mend. */
function failed(error: unknown): Delivered {
  const { responseCode = 0, command = '' } = error as SmtpError;
  const isFinal = responseCode >= 500 && /^(RCPT TO|DATA)$/.test(command);
  const because = responseCode > 0 ? `smtp-${responseCode}` : nameOfFault(error);
  return { state: isFinal ? 'refused' : 'later', because };
}

/** One plain address, which no list and no header can be made of. */
export const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(text);

/** Plain text: nothing in it is markup. */
export function plainText({ language, text, facts, items, more, open }: Content): string {
  const blocks = [
    text,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    ...items.map((item) => `${item.text}\n${item.link}`),
    more ?? '',
    `${open.label}: ${open.link}`,
    `-- \n${say(language, 'footer')}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
