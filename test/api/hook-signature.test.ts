import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { checkGrant, hookGrantsOf, usualGrant } from '../../api/hook-grants.ts';
import { createHooks } from '../../api/hooks.ts';
import { Problem } from '../../api/problems.ts';
import * as definitions from '../../workflows/definitions.ts';

const secretOf = (letter: string) => `whsec_${Buffer.from(letter.repeat(24)).toString('base64')}`;
const [current, older, foreign] = [secretOf('c'), secretOf('o'), secretOf('f')];
const hooks = createHooks({ secrets: new Map([['erp', [current, older]]]), grants: new Map() }, definitions);

const body = Buffer.from('{"text":"Größe"}');
const seconds = (by = 0) => String(Math.floor(Date.now() / 1_000) + by);
/** As the specification says it, apart from our own code. */
const sign = (secret: string, timestamp: string, bytes: Uint8Array = body, id = 'msg_1') => {
  const key = Buffer.from(secret.slice(6), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(bytes).digest('base64')}`;
};
const headers = (timestamp: string, signature: string, id = 'msg_1') => ({
  'webhook-id': id,
  'webhook-timestamp': timestamp,
  'webhook-signature': signature,
});
const verified = (sent: Record<string, string>, bytes: Uint8Array = body, source = 'erp'): string => {
  try {
    return hooks.verify(source, sent, bytes);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};

describe('the signature of a webhook', () => {
  let now: string;
  let right: string;
  beforeEach(() => {
    now = seconds();
    right = sign(current, now);
  });

  const taken: [string, () => string][] = [
    ['by the secret', () => right],
    ['by the secret that is being replaced', () => sign(older, now)],
    ['by a foreign secret and by ours', () => `${sign(foreign, now)} ${right}`],
    ['by ours and by a foreign secret', () => `${right} ${sign(foreign, now)}`],
    ['in two versions', () => `v1a,${Buffer.alloc(64).toString('base64')} ${right}`],
    ['in a version that is not known yet', () => `v2,x ${right}`],
    ['after an empty one', () => `v1, ${right}`],
    ['after two blanks', () => `v1a,x  ${right}`],
  ];
  for (const [what, signature] of taken)
    it(`${what} is right`, () => assert.equal(verified(headers(now, signature())), 'msg_1'));

  const wrong: [string, () => Record<string, string>][] = [
    ['by a foreign secret', () => headers(now, sign(foreign, now))],
    ['of another version', () => headers(now, right.replace('v1,', 'v2,'))],
    ['of the version for key pairs', () => headers(now, right.replace('v1,', 'v1a,'))],
    ['without a version', () => headers(now, right.slice(3))],
    ['in capitals', () => headers(now, right.replace('v1,', 'V1,'))],
    ['with a tail', () => headers(now, `${right}AAAA`)],
    ['cut short', () => headers(now, right.slice(0, -4))],
    ['that is empty', () => headers(now, 'v1,')],
    ['in a list with commas', () => headers(now, `v1a,x,${right}`)],
    ['of another id', () => headers(now, right, 'msg_2')],
    ['of another time', () => headers(seconds(-1), right)],
    ['of a time with a tail', () => headers(`${now}x`, right)],
    ['of a time with a fraction', () => headers(`${now}.0`, right)],
    ['of a time with a sign', () => headers(`+${now}`, sign(current, `+${now}`))],
    ['of a time with a zero in front', () => headers(`0${now}`, sign(current, `0${now}`))],
    ['of a time in milliseconds', () => headers(`${now}000`, sign(current, `${now}000`))],
    ['of a time that is too old', () => headers(seconds(-3_600), sign(current, seconds(-3_600)))],
    ['of a time that is yet to come', () => headers(seconds(3_600), sign(current, seconds(3_600)))],
    ['without an id', () => headers(now, sign(current, now, body, ''), '')],
  ];
  for (const [what, sent] of wrong) it(`${what} is wrong`, () => assert.equal(verified(sent()), 'signature-invalid'));

  it('needs all three headers', () => {
    const all = headers(now, right);
    for (const name of Object.keys(all)) {
      const { [name as 'webhook-id']: _, ...rest } = all;
      assert.equal(verified(rest), 'signature-invalid', name);
    }
  });

  it('holds for five minutes, before and after', () => {
    for (const by of [-290, 290]) assert.equal(verified(headers(seconds(by), sign(current, seconds(by)))), 'msg_1');
  });

  it('is over the bytes, whatever they are', () => {
    const utf16 = Buffer.from('\ufeff<Invoice/>', 'utf16le');
    const marked = Buffer.from('\ufeff{"a":1}');
    for (const bytes of [utf16, marked, Buffer.of(0xff, 0, 0xfe), Buffer.alloc(0)])
      assert.equal(verified(headers(now, sign(current, now, bytes)), bytes), 'msg_1');
    const changed = Buffer.from(utf16);
    changed[4]! ^= 1;
    assert.equal(verified(headers(now, sign(current, now, utf16)), changed), 'signature-invalid');
  });

  it('is the one that the reference library makes', () => {
    const when = new Date();
    const signature = new Webhook(current).sign('msg_1', when, body.toString());
    assert.equal(verified(headers(String(Math.floor(when.getTime() / 1_000)), signature)), 'msg_1');
  });

  it('of one source is no other’s', () => {
    for (const source of ['crm', 'ERP', 'erp ', '__proto__', 'constructor', ''])
      assert.equal(verified(headers(now, right), body, source), 'signature-invalid', source);
  });
});

describe('what a webhook may speak for', () => {
  const grants = (value: unknown) => hookGrantsOf({ WEBHOOK_GRANTS: JSON.stringify(value) }, definitions);
  const confirmation = ['refund.confirmation'];
  const allows = (
    sent: { type: string; source?: string },
    grant = grants({ erp: { types: confirmation, sources: ['/erp'] } }).get('erp')!,
  ) => {
    try {
      checkGrant(grant, sent);
      return true;
    } catch (error) {
      assert.equal((error as Problem).code, 'webhook-not-granted');
      return (error as Problem).errors[0]!.field;
    }
  };

  it('is a type with its source, and what lies below that', () => {
    for (const source of ['/erp', '/erp/plant-1', '/erp/a/b'])
      assert.equal(allows({ type: confirmation[0]!, source }), true);
    for (const source of [
      '/crm',
      '/erp2',
      'erp',
      '/',
      '/ERP',
      'https://shop.example/erp',
      '/crm/erp',
      '/erp/../crm',
      '/erp/%2E./crm',
    ])
      assert.equal(allows({ type: confirmation[0]!, source }), '/source', source);
    for (const type of ['refund.requested', 'refund.toString', 'refund', 'payable-exception.received', 'e-invoice'])
      assert.equal(allows({ type, source: '/erp' }), '/type', type);
  });

  it('is e-invoices, and no event, where nothing is said', () => {
    assert.equal(allows({ type: 'e-invoice' }, usualGrant), true);
    assert.equal(allows({ type: confirmation[0]!, source: '/erp' }, usualGrant), '/type');
  });

  const wrong: [string, string][] = [
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a source without types', '{"erp":{"sources":["/erp"]}}'],
    ['an empty list of types', '{"erp":{"types":[],"sources":["/erp"]}}'],
    ['a type that no process declares', '{"erp":{"types":["refund.unheard"],"sources":["/erp"]}}'],
    ['a whole process', '{"erp":{"types":["refund.*"],"sources":["/erp"]}}'],
    ['an event without a source', '{"erp":{"types":["refund.requested"]}}'],
    ['an empty source', '{"erp":{"types":["refund.requested"],"sources":[""]}}'],
    ['a word that is not known', '{"erp":{"types":["e-invoice"],"source":["/erp"]}}'],
    ['a name that is no source', '{"e/rp":{"types":["e-invoice"]}}'],
  ];
  for (const [what, WEBHOOK_GRANTS] of wrong)
    it(`with ${what} stops the start with a sentence`, () =>
      assert.throws(() => hookGrantsOf({ WEBHOOK_GRANTS }, definitions), /^Error: WEBHOOK_GRANTS .+\.$/));
});
