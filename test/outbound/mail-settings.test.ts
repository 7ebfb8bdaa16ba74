import assert from 'node:assert/strict';
import { domainOf, mailOf } from '../../outbound/mail-settings.ts';

const production = { NODE_ENV: 'production', SMTP_URL: 'smtp://mail.example.com' };
const from = { MAIL_FROM: 'Baton <baton@example.com>' };
const link = { PUBLIC_URL: 'https://baton.example.com' };

describe('how mail goes out', () => {
  it('is not begun in production where mail would come from nobody, or lead to this machine', () => {
    assert.throws(() => mailOf({ ...production, ...link }), /^CannotStart: MAIL_FROM is not set: [^\n]+$/);
    assert.throws(() => mailOf({ ...production, ...from }), /^CannotStart: PUBLIC_URL is not set: [^\n]+$/);
    assert.deepEqual(mailOf({ ...production, ...from, ...link }), {
      ...{ smtpUrl: production.SMTP_URL, from: from.MAIL_FROM, publicUrl: link.PUBLIC_URL },
    });
  });

  it('needs nothing where there is no mail server, nor in development', () => {
    for (const env of [{ NODE_ENV: 'production' }, {}, { SMTP_URL: production.SMTP_URL }]) assert.ok(mailOf(env));
  });

  it('names messages after the domain that mail comes from', () => {
    assert.equal(domainOf('Baton <baton@mail.example.com>'), 'mail.example.com');
    assert.equal(domainOf('baton@example.com'), 'example.com');
    assert.equal(domainOf('nonsense'), 'localhost');
  });
});
