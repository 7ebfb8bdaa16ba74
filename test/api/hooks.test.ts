import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { hookSecretsOf } from '../../api/hooks.ts';
import { cii, ubl } from './e-invoice/documents.ts';
import { smallUbl } from './e-invoice/small.ts';
import { at, world, type Got, type World } from './world.ts';

const secret = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;
const [ours, older, theirs] = [secret('a'), secret('b'), secret('c')];

describe('webhooks', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => {
    const hookSecrets = new Map([
      ['peppol', [ours, older]],
      ['erp', [theirs]],
    ]);
    const types = ['e-invoice', 'payable-exception.goodsReceipt'];
    here = await world({ hookSecrets, hookGrants: new Map([['erp', { types, sources: ['/erp'] }]]) });
  });
  after(() => here.close());

  interface Sent {
    source?: string;
    id?: string;
    by?: string;
    when?: Date;
    type?: string;
    headers?: Record<string, string>;
  }
  let n = 0;
  const send = (text: string | Buffer, sent: Sent = {}): Promise<Got> => {
    const { source = 'peppol', id = `msg_${++n}`, by = ours, when = new Date(), type = 'application/xml' } = sent;
    return here.call('POST', `/hooks/${source}`, {
      raw: text,
      headers: {
        'content-type': type,
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(when.getTime() / 1_000)),
        'webhook-signature': new Webhook(by).sign(id, when, text.toString()),
        ...sent.headers,
      },
    });
  };
  const refused = async (got: Promise<Got>) => {
    const { status, body } = await got;
    return `${status} ${body?.code}`;
  };

  it('with an e-invoice start a case, once for each message', async () => {
    const got = await send(ubl, { id: 'msg_a' });
    assert.equal(got.status, 202, got.text);
    assert.equal(got.body.caseId, 'payable-exception/peppol~msg_a');
    assert.equal(got.headers.get('location'), `/cases/${at(got.body.caseId)}`);
    assert.deepEqual((await send(ubl, { id: 'msg_a' })).body, got.body);
    const { rows } = await here.pool.query(`select requester, request from inbox where case_id = $1`, [
      got.body.caseId,
    ]);
    assert.equal(rows.length, 1);
    assert.equal(rows[0].requester, 'hook:peppol');
    assert.equal(rows[0].request.invoice.invoiceNumber, 'GP-77');
    assert.equal(await refused(send(ubl.replace('GP-77', 'GP-78'), { id: 'msg_a' })), '422 idempotency-key-reused');
    assert.equal((await send(cii, { id: 'msg_b', type: 'text/xml; charset=utf-8' })).status, 202);
  });

  it('of two sources under one id are two messages', async () => {
    const ids = await Promise.all([send(ubl, { id: 'msg_c' }), send(ubl, { id: 'msg_c', source: 'erp', by: theirs })]);
    assert.equal(new Set(ids.map(({ body }) => body.caseId)).size, 2);
  });

  it('are taken by any secret of their source, and by no other', async () => {
    assert.equal((await send(ubl, { by: older })).status, 202);
    assert.equal(await refused(send(ubl, { by: theirs })), '401 signature-invalid');
    assert.equal(await refused(send(ubl, { source: 'nobody' })), '401 signature-invalid');
    assert.equal(await refused(send(ubl, { source: 'toString' })), '401 signature-invalid');
  });

  it('are taken neither unsigned, nor changed, nor late', async () => {
    const minutes = (by: number) => new Date(Date.now() + by * 60_000);
    const before = (await here.pool.query('select 1 from inbox')).rows.length;
    for (const sent of [
      { when: minutes(-6) },
      { when: minutes(6) },
      { headers: { 'webhook-signature': '' } },
      { headers: { 'webhook-signature': 'v1,' } },
      { headers: { 'webhook-signature': 'v1a,AAAA' } },
      { headers: { 'webhook-id': 'msg_other' } },
      { headers: { 'webhook-timestamp': 'now' } },
    ])
      assert.equal(await refused(send(ubl, sent)), '401 signature-invalid', JSON.stringify(sent));
    const signature = new Webhook(ours).sign('msg_d', new Date(), ubl);
    const changed = ubl.replace('DE02120300000000202051', 'DE75512108001245126199');
    assert.equal(
      await refused(send(changed, { id: 'msg_d', headers: { 'webhook-signature': signature } })),
      '401 signature-invalid',
    );
    const token = { authorization: `Bearer ${await here.api.identity!.tokenFor('storefront')}` };
    assert.equal(
      await refused(
        here.call('POST', '/hooks/peppol', { raw: ubl, headers: { 'content-type': 'application/xml', ...token } }),
      ),
      '401 signature-invalid',
    );
    assert.equal((await here.pool.query('select 1 from inbox')).rows.length, before);
  });

  it('in another encoding than UTF-8 are refused as such, not as falsely signed', async () => {
    const text = Buffer.from(ubl.replace('UTF-8', 'UTF-16'), 'utf16le');
    const marked = Buffer.concat([Buffer.from('\uFEFF', 'utf16le'), text]);
    const latin = Buffer.from(ubl.replace('UTF-8', 'ISO-8859-1'), 'latin1');
    for (const bytes of [marked, Buffer.from(marked).swap16(), latin]) {
      const [id, at] = [`msg_${++n}`, new Date()];
      const toSign = Buffer.concat([Buffer.from(`${id}.${Math.floor(at.getTime() / 1_000)}.`), bytes]);
      const key = Buffer.from(ours.slice('whsec_'.length), 'base64');
      const headers = { 'webhook-signature': `v1,${createHmac('sha256', key).update(toSign).digest('base64')}` };
      assert.equal(await refused(send(bytes, { id, when: at, headers })), '415 content-type-unsupported');
    }
    // Of ASCII alone: its bytes are UTF-8, too, with NUL between them.
    assert.equal(await refused(send(Buffer.from(smallUbl(), 'utf16le'))), '400 xml-invalid');
    assert.equal((await send(`\uFEFF${ubl}`)).status, 202);
  });

  it('with a document of another kind or profile are refused as such', async () => {
    for (const [from, to] of [
      ['<b:ID>GP-77', '<b:CustomizationID>urn:factur-x.eu:1p0:minimum</b:CustomizationID><b:ID>GP-77'],
      ['u:Invoice', 'u:Catalogue'],
    ] as const)
      assert.equal(await refused(send(ubl.replaceAll(from, to))), '422 document-unsupported');
  });

  it('with what cannot be read are refused with a code, and start nothing', async () => {
    const before = (await here.pool.query('select 1 from inbox')).rows.length;
    assert.equal(await refused(send(ubl.slice(0, 500))), '400 xml-invalid');
    assert.equal(await refused(send('<Invoice/>')), '422 document-unsupported');
    const got = await send(ubl.replace('GP-77', ''));
    assert.deepEqual([got.status, got.body.code], [422, 'e-invoice-invalid']);
    assert.deepEqual(got.body.errors, [{ field: '/Invoice/cbc:ID', message: 'is missing' }]);
    const tooLong = await send(ubl.replace('GP-77', 'G'.repeat(201)));
    assert.deepEqual(
      [tooLong.body.code, tooLong.body.errors[0].field],
      ['e-invoice-invalid', '/invoice/invoiceNumber'],
    );
    assert.equal(await refused(send(ubl, { type: 'text/plain' })), '415 content-type-unsupported');
    assert.equal(await refused(send(`${ubl}${' '.repeat(5_000_000)}`)), '413 body-too-large');
    assert.equal(await refused(send(ubl, { id: 'a b' })), '400 idempotency-key-invalid');
    assert.equal((await here.pool.query('select 1 from inbox')).rows.length, before);
  });

  it('keep what an attachment holds out of the case, and take nothing that is too large without it', async () => {
    const large = ubl.replace('JVBERi0xLjQK', 'A'.repeat(1_000_000));
    const got = await send(large);
    assert.equal(got.status, 202, got.text);
    const many = ubl.replace(/(<cac:InvoiceLine>[^]*?<\/cac:InvoiceLine>)/, (line) =>
      line.replace('Care', 'C'.repeat(1_900)).repeat(150),
    );
    const tooMuch = await send(many);
    assert.deepEqual([tooMuch.status, tooMuch.body.code], [422, 'e-invoice-invalid']);
    assert.match(tooMuch.body.errors[0].message, /200000 bytes/);
  });

  it('with a CloudEvent are as any event', async () => {
    const event = {
      ...{ specversion: '1.0', id: 'e-1', source: '/erp', type: 'payable-exception.goodsReceipt' },
      data: { poNumber: 'PO-700', receiptId: 'GR-9' },
    };
    const type = 'application/cloudevents+json';
    const got = await send(JSON.stringify(event), { type, source: 'erp', by: theirs });
    assert.deepEqual([got.status, got.body], [202, {}]);
    const { rows } = await here.pool.query(`select name from events where source = '/erp'`);
    assert.deepEqual(rows, [{ name: 'goodsReceipt' }]);
    const unknown = JSON.stringify({ ...event, type: 'payable-exception.unheard' });
    assert.equal(await refused(send(unknown, { type, source: 'erp', by: theirs })), '422 unknown-event');
    assert.equal(await refused(send('{"a":1,"a":2}', { type, source: 'erp', by: theirs })), '400 json-duplicate-key');
  });
});

describe('secrets of webhooks', () => {
  it('are named by their source, and several by commas', () => {
    const WEBHOOK_SECRETS = `peppol=${ours}, peppol=${older},erp=${theirs}`;
    assert.deepEqual(
      [...hookSecretsOf({ WEBHOOK_SECRETS })],
      [
        ['peppol', [ours, older]],
        ['erp', [theirs]],
      ],
    );
    assert.deepEqual([...hookSecretsOf({})], []);
  });

  it('that are weak or not what they should be stop the start', () => {
    for (const wrong of [ours, `peppol=${ours.slice(0, 20)}`, 'peppol=secret', `a b=${ours}`])
      assert.throws(() => hookSecretsOf({ WEBHOOK_SECRETS: wrong }), /WEBHOOK_SECRETS holds/, wrong);
  });

  it('are made in development where none is set; production takes nothing without one', async () => {
    const production = await world({ production: true, issuer: 'https://issuer.example' });
    const development = await world();
    try {
      const when = new Date();
      const headers = {
        'content-type': 'application/xml',
        'webhook-id': 'm',
        'webhook-timestamp': String(Math.floor(when.getTime() / 1_000)),
      };
      const sign = (by: string) => ({ ...headers, 'webhook-signature': new Webhook(by).sign('m', when, ubl) });
      const refused = await production.call('POST', '/hooks/peppol', { raw: ubl, headers: sign(ours) });
      assert.equal(refused.body.code, 'signature-invalid');
      const own = development.hookSecret();
      const taken = await development.call('POST', '/hooks/peppol', { raw: ubl, headers: sign(own) });
      assert.equal(taken.status, 202, taken.text);
    } finally {
      await production.close();
      await development.close();
    }
  });
});
