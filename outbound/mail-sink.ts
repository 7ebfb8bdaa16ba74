import type { Mail, Mailer } from './mail.ts';

const most = 500;

/** Stands in for a mail server: keeps the newest mails of this process, to be looked at. */
export interface MailSink extends Mailer {
  /** Newest first. */
  mails(): readonly (Mail & { at: string })[];
}

export function createMailSink(): MailSink {
  let kept: (Mail & { at: string })[] = [];
  return {
    async send(mail) {
      kept = [{ ...mail, at: new Date().toISOString() }, ...kept].slice(0, most);
      return { state: 'sent' };
    },
    mails: () => kept,
    close: () => undefined,
  };
}
