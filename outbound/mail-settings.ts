import { CannotStart } from '../environment/cannot-start.ts';

/** How messages go out, and where their links lead. */
export interface MailSettings {
  /** Absent: in development a sink, in production no mail. */
  smtpUrl?: string | undefined;
  from?: string | undefined;
  /** Where people reach Baton; absent: where the API listens. */
  publicUrl?: string | undefined;
}

export const usualFrom = 'Baton <baton@localhost>';

/** Throws `CannotStart` where mail would come from nobody, or its links would lead to this machine. */
export function mailOf(
  settings: Readonly<Partial<Record<'NODE_ENV' | 'SMTP_URL' | 'MAIL_FROM' | 'PUBLIC_URL', string | undefined>>>,
): MailSettings {
  const { NODE_ENV, SMTP_URL: smtpUrl, MAIL_FROM: from, PUBLIC_URL: publicUrl } = settings;
  const needed = NODE_ENV === 'production' && smtpUrl !== undefined;
  const sentences = [
    ...(needed && !from ? ['MAIL_FROM is not set: nobody would know whom mail comes from.'] : []),
    ...(needed && !publicUrl ? ['PUBLIC_URL is not set: links in mail would lead to this machine.'] : []),
  ];
  if (sentences.length > 0) throw new CannotStart(sentences.join('\n'));
  return { smtpUrl, from, publicUrl };
}

/** What stands behind the @ of an address, be it in angle brackets. */
export const domainOf = (from: string): string => /@([\w.-]+)>?$/.exec(from.trim())?.[1] ?? 'localhost';
