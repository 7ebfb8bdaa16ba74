import { readWords } from '../../api/words.ts';
import { allowedOf } from '../../outbound/addresses.ts';
import { smtpMailer } from '../../outbound/mail.ts';
import { namesOf } from '../../outbound/names.ts';
import { startSending } from '../../outbound/send.ts';
import { createPool } from '../../store/pool.ts';
import * as definitions from '../../workflows/definitions.ts';

/** A process that does nothing but send, so that a test can end it as a crash does. */
const [databaseUrl = '', smtpUrl = ''] = process.argv.slice(2);
startSending(createPool(databaseUrl, { max: 2 }), {
  ...{
    names: namesOf(definitions, readWords(definitions)),
    publicUrl: 'https://baton.example',
    domain: 'baton.example',
  },
  mailer: smtpMailer({ url: smtpUrl, from: 'Baton <baton@baton.example>' }),
  post: { allowed: allowedOf([]), timeoutMs: 2_000 },
  report: (line) => console.log(line),
  timing: { everyMs: 50, leaseSeconds: 3 },
});
