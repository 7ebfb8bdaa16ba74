import assert from 'node:assert/strict';
import { readWords } from '../../api/words.ts';
import { slackCard } from '../../outbound/chat/slack.ts';
import { teamsCard } from '../../outbound/chat/teams.ts';
import { contentOf } from '../../outbound/content.ts';
import { nextDigest } from '../../outbound/digests.ts';
import { isAddress, plainText } from '../../outbound/mail.ts';
import { pathOf } from '../../outbound/links.ts';
import { moments } from '../../outbound/moments.ts';
import { namesOf } from '../../outbound/names.ts';
import { languages, say, sayWhen } from '../../outbound/wording.ts';
import de from '../../outbound/wording/de.json' with { type: 'json' };
import en from '../../outbound/wording/en.json' with { type: 'json' };
import type { TakenMessage } from '../../store/sending.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { refund } from '../../workflows/definitions.ts';

/** With the words that these processes have, of which those that are made up have none. */
const named = (definitions: object) => {
  const given = definitions as Record<string, ProcessDefinition>;
  return namesOf(given, readWords(given));
};

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([one]) => one).toSorted();

/** What somebody outside could call a thing, in the hope that a program reads more in it. */
const hostile = [
  'refund\r\nBcc: eve@evil.example',
  'refund\nhttps://evil.example',
  '<b onclick=alert(1)>refund</b>',
  '<!channel>',
  '<https://evil.example|refund>',
  '[refund](https://evil.example)',
  '@everyone',
  'evil.example',
  'https://evil.example',
  '\u202egnidnufer',
  'refund\u2066\u200b',
  '*refund* _now_ ~gone~ `code`',
  '{link}',
  'a'.repeat(81),
];
/** What none of these may have left behind. */
const traces = /evil|eve@|channel>|onclick|everyone|[\u200b\u202a-\u202e\u2066-\u2069]|gnid|now_|aaaa/;

const message: TakenMessage = {
  ...{
    id: 1,
    key: '0b9f6a52-2a55-4d8e-9d0c-6f8d1c1f6a11',
    createdAt: new Date('2026-07-01T11:00:00Z'),
    tries: 1,
    receiver: 'leo',
    channel: 'mail',
    moment: 'opened',
  },
  ...{ queue: 'support-leads', path: pathOf.handoff('refund/R-1/review-1'), asks: true, handoff: null, email: null },
  ...{ active: true, language: 'en', timeZone: 'UTC', chat: null },
};
const about = { process: 'refund', name: 'review', open: true, dueAt: '2026-07-01T12:00:00Z' };
const publicUrl = 'https://baton.example';

describe('the wording of messages', () => {
  it('has the same templates in each language, with the same places to fill in', () => {
    assert.deepEqual(Object.keys(de), Object.keys(en));
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      assert.deepEqual(placeholders(de[key]), placeholders(en[key]), key);
      assert.ok(de[key].trim() && en[key].trim(), key);
    }
  });

  it('has a subject and a text for each moment', () => {
    for (const moment of moments) for (const part of ['subject', 'text']) assert.ok(`${moment}.${part}` in en, moment);
  });

  it('fills in what it is given and reads nothing in it', () => {
    assert.equal(say('en', 'what', { process: '{handoff}', handoff: 'review' }), '{handoff}, review');
  });

  it('says times in the reader’s zone and language, also around a change of the clock', () => {
    const before = new Date('2026-03-29T00:30:00Z');
    const after = new Date('2026-03-29T01:30:00Z');
    assert.match(sayWhen('en', 'Europe/Berlin', before), /29 March 2026.* 01:30 (CET|GMT\+1)$/);
    assert.match(sayWhen('de', 'Europe/Berlin', after), /29\. März 2026.* 03:30 MESZ$/);
    assert.match(sayWhen('en', 'Asia/Kolkata', before), / 06:00 (IST|GMT\+5:30)$/);
  });
});

describe('what came from outside', () => {
  it('is named in no message: only declared names are, and only plain ones', () => {
    for (const bad of hostile) {
      const names = named({
        refund,
        [bad]: { ...refund, name: bad, owner: bad, handoffs: { [bad]: refund.handoffs.review } },
      });
      assert.deepEqual(
        [names.process('en', bad), names.handoff('en', bad, bad), names.queue('en', bad)],
        [undefined, undefined, undefined],
        bad,
      );
    }
    const names = named({ refund });
    assert.deepEqual(
      [
        names.process('en', 'refund'),
        names.handoff('en', 'refund', 'review'),
        names.queue('en', 'support-leads'),
        names.queue('en', 'sales'),
      ],
      ['Refund', 'Approve a refund', 'Support leads', undefined],
    );
    for (const name of ['__proto__', 'constructor', 'toString']) assert.equal(names.process('en', name), undefined);
  });

  it('is said by no word either, should one that is not plain be written for it', () => {
    const given = { refund } as Record<string, ProcessDefinition>;
    for (const bad of hostile) {
      const refundSaid = { title: bad, handoffs: { review: { title: bad } } };
      const called = {
        shared: { queues: { 'support-leads': bad }, handoffs: {}, tasks: {} },
        processes: { refund: refundSaid },
      };
      const names = namesOf(given, { en: called, de: called });
      const said = [
        names.process('de', 'refund'),
        names.handoff('de', 'refund', 'review'),
        names.queue('de', 'support-leads'),
      ];
      assert.deepEqual(said, [undefined, undefined, undefined], bad);
    }
  });

  it('reaches no header, link or markup of mail, Slack or Teams', () => {
    const names = named({ refund });
    for (const bad of hostile) {
      for (const language of [...languages, bad]) {
        const hit = { ...message, language, queue: bad, receiver: bad };
        const content = contentOf({ names, publicUrl }, hit, { ...about, process: bad, name: bad });
        const parts = [
          content.subject,
          plainText(content),
          JSON.stringify(slackCard(content)),
          JSON.stringify(teamsCard(content)),
        ];
        for (const part of parts) assert.doesNotMatch(part, traces, bad);
        assert.doesNotMatch(content.subject, /[\r\n]/);
      }
    }
  });

  it('leaves nothing in a link but percent signs, letters, digits, dots and hyphens', () => {
    for (const bad of hostile) {
      const path = pathOf.handoff(`refund/${bad}/review-1`);
      assert.match(path, /^\/handoffs\/[\w%.-]+$/);
      assert.doesNotMatch(path, /_/);
      assert.equal(decodeURIComponent(path.slice('/handoffs/'.length)), `refund/${bad}/review-1`);
    }
  });

  it('is escaped in cards, should a plain word ever hold a sign of theirs', () => {
    const content = {
      ...contentOf({ names: named({}), publicUrl }, message, about),
      subject: '<!channel> [a](b) & *c*',
    };
    assert.equal(slackCard(content).text, '&lt;!channel&gt; [a](b) &amp; *c*');
    assert.ok(slackCard(content).blocks.every((block) => !JSON.stringify(block).includes('mrkdwn')));
    const [attachment] = teamsCard(content).attachments;
    assert.equal(attachment!.content.body[0]!.text, String.raw`\<\!channel\> \[a\]\(b\) & \*c\*`);
  });
});

describe('an address to write to', () => {
  it('is one plain address', () => {
    for (const good of [
      'leo@example.com',
      'l.e+o@sub.example.com',
      'o’x@example.com'.replace('’', "'"),
      'leo@münchen.example',
    ])
      assert.ok(isAddress(good), good);
    for (const bad of [
      ...['', 'leo', 'leo@', '@example.com', 'a@b@c', 'a b@c.de', 'a@b.de,c@d.de', 'a@b.de\r\nBcc: c@d.de', '<a@b.de>'],
      ...['"a"@b.de', 'a@[127.0.0.1]', `${'a'.repeat(250)}@b.de`],
    ])
      assert.ok(!isAddress(bad), bad);
  });
});

describe('the time of a digest', () => {
  const at = (since: string, zone: string, hour = '08:00') => nextDigest(new Date(since), zone, hour).toISOString();

  it('is the next one of that hour in the reader’s zone', () => {
    assert.equal(at('2026-07-01T05:59:00Z', 'Europe/Berlin'), '2026-07-01T06:00:00.000Z');
    assert.equal(at('2026-07-01T06:00:00Z', 'Europe/Berlin'), '2026-07-02T06:00:00.000Z');
    assert.equal(at('2026-07-01T02:31:00Z', 'Asia/Kolkata'), '2026-07-02T02:30:00.000Z');
    assert.equal(at('2026-12-31T20:00:00Z', 'Pacific/Auckland'), '2027-01-01T19:00:00.000Z');
  });

  it('stays that hour over a change of the clock, and comes once where the hour is leapt over or there twice', () => {
    assert.equal(at('2026-03-28T12:00:00Z', 'Europe/Berlin'), '2026-03-29T06:00:00.000Z');
    assert.equal(at('2026-03-28T12:00:00Z', 'Europe/Berlin', '02:30'), '2026-03-29T01:30:00.000Z');
    assert.equal(at('2026-10-24T12:00:00Z', 'Europe/Berlin', '02:30'), '2026-10-25T00:30:00.000Z');
    assert.equal(at('2026-10-25T00:30:00Z', 'Europe/Berlin', '02:30'), '2026-10-26T01:30:00.000Z');
  });
});
