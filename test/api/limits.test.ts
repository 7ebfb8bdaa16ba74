import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { createBodyRooms, type Limits, usualLimits } from '../../api/limits.ts';
import { Problem } from '../../api/problems.ts';
import { parseStrictJson } from '../../api/strict-json.ts';
import { world, type World } from './world.ts';
import { until } from '../world.ts';

const mebibyte = 1024 * 1024;
const limits = (more: Partial<Limits>): Limits => ({ ...usualLimits, ...more });
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'taken';
};

/** A connection on which a request is begun by hand; answers what has come back when `part` is there. */
async function begin({ api }: World, head: string, body: string | Buffer = '') {
  const socket = net.connect(Number(new URL(api.url).port), '127.0.0.1');
  let got = '';
  socket.on('data', (part: Buffer) => (got += part.toString('latin1'))).on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(`${head}\r\nhost: x\r\n\r\n`);
  if (body.length > 0) socket.write(body);
  const answered = async (part: string) => {
    while (!got.includes(part)) await once(socket, 'data');
    return got;
  };
  return { socket, answered };
}

describe('what the API takes on', function () {
  this.timeout(120_000);
  let here: World;
  let token: string;
  before(async () => {
    here = await world({ limits: limits({ bodyMebibytes: 8 }) });
    token = await here.api.identity!.tokenFor('storefront');
  });
  after(() => here.close());

  const posting = (path: string, length: number, more = '') =>
    `POST ${path} HTTP/1.1\r\ncontent-type: application/cloudevents+json\r\ncontent-length: ${length}${more}`;
  const bearer = () => `\r\nauthorization: Bearer ${token}`;
  const refused = () => here.pool.query('select 1 from refused_events');

  const early: [string, () => string, string][] = [
    ['without a token', () => posting('/events', 4 * mebibyte), ' 401 '],
    ['with a token that is none', () => posting('/events', 4 * mebibyte, '\r\nauthorization: Bearer x.y.z'), ' 401 '],
    ['longer than may be', () => posting('/events', 4 * mebibyte + 1, bearer()), ' 413 '],
    ['without a signature', () => posting('/hooks/erp', 4 * mebibyte), ' 401 '],
    [
      'signed too long ago',
      () => posting('/hooks/erp', 4 * mebibyte, '\r\nwebhook-id: a\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,a'),
      ' 401 ',
    ],
    ['of a type that is not taken', () => posting('/hooks/erp', 9, '\r\ncontent-encoding: gzip'), ' 401 '],
    ['compressed', () => posting('/events', 9, `${bearer()}\r\ncontent-encoding: gzip`), ' 415 '],
  ];
  for (const [what, head, status] of early)
    it(`a body ${what} is refused before it comes`, async () => {
      const { socket, answered } = await begin(here, head());
      assert.match((await answered('"code"')).split('\r\n')[0]!, new RegExp(status));
      socket.destroy();
    });

  it('a role is asked for before the body comes', async () => {
    token = await here.api.identity!.tokenFor('rita');
    const { socket, answered } = await begin(here, posting('/events', 4 * mebibyte, bearer()));
    assert.match(await answered('"code"'), /role-missing/);
    socket.destroy();
    token = await here.api.identity!.tokenFor('storefront');
  });

  it('whoever asks first is told to go on once all but the body is right', async () => {
    const expect = '\r\nexpect: 100-continue';
    const right = await begin(here, posting('/events', 2, bearer() + expect));
    assert.match(await right.answered('\r\n\r\n'), /^HTTP\/1.1 100 /);
    right.socket.write('{}');
    assert.match(await right.answered('"code"'), /event-invalid/);
    right.socket.destroy();
    const wrong = await begin(here, posting('/events', 2, expect));
    assert.match(await wrong.answered('\r\n\r\n'), /^HTTP\/1.1 401 /);
    wrong.socket.destroy();
  });

  it('large bodies find room, or the sender is told when to come again; and nothing of it is kept', async () => {
    const before = (await refused()).rows.length;
    const expect = `${bearer()}\r\nexpect: 100-continue`;
    const waiting = await begin(here, posting('/events', 4 * mebibyte, expect));
    assert.match(await waiting.answered('\r\n\r\n'), /^HTTP\/1.1 100 /); // it has all the room there is
    waiting.socket.write('x'.repeat(100));
    const taken: { destroy: () => unknown }[] = [];
    const full = async (length: number) => {
      const { socket, answered } = await begin(here, posting('/events', length, expect));
      taken.push({ destroy: () => socket.destroy() });
      return answered('\r\n\r\n');
    };
    assert.match(await full(mebibyte), /^HTTP\/1.1 503 [^]*retry-after: 1/i);
    const small = JSON.stringify({ specversion: '1.0', id: 'small', source: '/a', type: 'refund.unheard' });
    const headers = { 'content-type': 'application/cloudevents+json' };
    assert.equal((await here.call('POST', '/events', { as: 'storefront', raw: small, headers })).status, 422);
    waiting.socket.destroy();
    const again = await until(async () => {
      const said = await full(mebibyte);
      return !said.includes('503') && said;
    }, 'there is room again');
    assert.match(again, /^HTTP\/1.1 100 /);
    for (const { destroy } of taken) destroy();
    assert.equal((await refused()).rows.length, before + 1);
  });

  it('a body in pieces of unknown length is measured as it comes', async () => {
    const head = posting('/processes/refund/cases', 0, bearer())
      .replace('content-length: 0', 'transfer-encoding: chunked')
      .replace('cloudevents+json', 'json');
    const piece = `10000\r\n${' '.repeat(65_536)}\r\n`;
    // Until what others sent has left its room.
    const said = await until(async () => {
      const { socket, answered } = await begin(here, `${head}\r\nidempotency-key: k`, piece.repeat(5));
      const code = await answered('"code"');
      socket.destroy();
      return !code.includes('"overloaded"') && code;
    }, 'there is room');
    assert.match(said, /body-too-large/);
  });

  it('connections over the limit are closed', async () => {
    const few = await world({ limits: limits({ connections: 2 }) });
    const port = Number(new URL(few.api.url).port);
    const open = await Promise.all(
      [1, 2].map(async () => {
        const socket = net.connect(port, '127.0.0.1');
        await once(socket, 'connect');
        return socket;
      }),
    );
    const third = net.connect(port, '127.0.0.1').on('error', () => undefined);
    await once(third, 'close');
    for (const socket of open) socket.destroy();
    await few.close();
  });
});

describe('a caller who asks too often', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world({ limits: limits({ requestsPerMinute: 5 }) })));
  after(() => here.close());

  const statuses = async (one: () => Promise<{ status: number }>) => {
    const all = [];
    for (let n = 0; n < 7; n++) all.push((await one()).status);
    return all;
  };

  it('is told when to come again, and nobody else is', async () => {
    const as = (person: string) => () => here.call('GET', '/processes', { as: person });
    assert.deepEqual(await statuses(as('rita')), [200, 200, 200, 200, 200, 429, 429]);
    const got = await here.call('GET', '/processes', { as: 'rita' });
    assert.equal(got.body.code, 'too-many-requests');
    const wait = Number(got.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 60, String(wait));
    assert.equal((await as('leo')()).status, 200);
  });

  it('is known by their address where nobody vouches for a name; whoever has a token is not held up', async () => {
    assert.deepEqual(
      await statuses(() => here.call('GET', '/cases', { token: 'no.real.token' })),
      [401, 401, 401, 401, 401, 429, 429],
    );
    assert.equal((await here.call('POST', '/hooks/erp', { raw: '{}' })).status, 429);
    assert.equal((await here.call('GET', '/processes', { as: 'ada' })).status, 200);
  });
});

describe('room for bodies', () => {
  const rooms = () => createBodyRooms(limits({ bodyMebibytes: 8 }));

  it('is taken as a body grows, and given back', () => {
    const of = rooms();
    const [one, other] = [of(['system']), of('anyone')];
    one.take(3 * mebibyte);
    one.take(4 * mebibyte);
    assert.equal(
      codeOf(() => other.take(65_537)),
      'overloaded',
    );
    assert.equal(
      codeOf(() => other.take(65_536)),
      'taken',
    );
    one.leave();
    one.leave();
    other.take(4 * mebibyte);
    assert.equal(
      codeOf(() => one.take(65_537)),
      'overloaded',
    );
  });

  it('of webhooks is apart', () => {
    const of = rooms();
    of('signed').take(4 * mebibyte);
    assert.equal(
      codeOf(() => of('signed').take(mebibyte)),
      'overloaded',
    );
    assert.equal(
      codeOf(() => of(['system']).take(4 * mebibyte)),
      'taken',
    );
  });
});

describe('JSON that is made to cost much', () => {
  const parse = (text: string) => () => parseStrictJson(Buffer.from(text));
  const cases: [string, string, string][] = [
    ['a key twice, at once', '{"a":1,"a":2}', 'json-duplicate-key'],
    ['a key twice, in two spellings', String.raw`{"a":1,"\u0061":2}`, 'json-duplicate-key'],
    ['a key twice, far apart', `{"a":1,"b":"${'x'.repeat(3 * mebibyte)}","a":2}`, 'json-duplicate-key'],
    ['a key twice, deep in a list', `{"x":[1,{"y":{"a":{},"a":[]}}]}`, 'json-duplicate-key'],
    ['a key twice, before what is no JSON', '{"a":1,"a":2', 'json-duplicate-key'],
    ['the same key in two objects', '[{"a":1},{"a":{"a":2}}]', 'taken'],
    ['the same text as key and value', '{"a":"a","b":["a","a"]}', 'taken'],
    ['brackets, commas and quotes in texts', String.raw`{"a":"{[,\"\\","b":"\\\\\"}]"}`, 'taken'],
    ['more values than anyone needs', `[${'0,'.repeat(200_000)}0]`, 'body-too-large'],
    ['more empty objects than anyone needs', `[${'{},'.repeat(100_000)}{}]`, 'body-too-large'],
    ['many keys', `{${Array.from({ length: 120_000 }, (_, n) => `"${n}":0`).join(',')}}`, 'body-too-large'],
    ['nesting without an end', '[{"a":'.repeat(500_000), 'json-too-deep'],
    ['a text without an end', `{"a":"${'x'.repeat(mebibyte)}`, 'json-invalid'],
    ['backslashes without an end', `"${'\\'.repeat(mebibyte + 1)}`, 'json-invalid'],
    ['ends without a beginning', ']'.repeat(mebibyte), 'json-invalid'],
  ];
  for (const [what, text, code] of cases) it(`${what}: ${code}`, () => assert.equal(codeOf(parse(text)), code));

  it('is named by its place', () => {
    assert.throws(parse('{"x":[0,{"y~/":{"a":{},"a":1}}]}'), (error: Problem) => {
      assert.deepEqual(error.errors, [{ field: '/x/1/y~0~1/a', message: 'is there twice' }]);
      return true;
    });
  });
});
