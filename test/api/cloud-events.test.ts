import assert from 'node:assert/strict';
import { readCloudEvent } from '../../api/cloud-event.ts';
import { Problem } from '../../api/problems.ts';

const required = { specversion: '1.0', id: 'e-1', source: '/shop', type: 'refund.confirmation' };
const data = { requestId: 'r-1', text: 'Größe – 靴' };
const json = JSON.stringify(data);
const base64 = Buffer.from(json).toString('base64');
const structuredType = 'application/cloudevents+json';

const structured = (event: unknown, type = structuredType) =>
  readCloudEvent({ 'content-type': type }, Buffer.from(JSON.stringify(event)));
const binary = (headers: Record<string, string>, body = json, type = 'application/json') => {
  const own = Object.entries({ ...required, ...headers }).map(([name, value]) => [`ce-${name}`, value]);
  return readCloudEvent({ ...Object.fromEntries(own), 'content-type': type }, Buffer.from(body));
};
/** The code, and the field where it is one. */
const refused = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof Problem) return [error.code, ...new Set(error.errors.map(({ field }) => field))].join(' ');
    throw error;
  }
  return 'taken';
};

describe('a structured CloudEvent', () => {
  const taken: [string, object, unknown?][] = [
    ['with JSON and no media type', { data }],
    ['with application/json', { data, datacontenttype: 'application/json' }],
    ['with a charset', { data, datacontenttype: 'application/json; charset=utf-8' }],
    ['with text/json', { data, datacontenttype: 'text/json' }],
    ['with a suffix', { data, datacontenttype: 'application/vnd.lab.order.v2+json' }],
    ['with a suffix in capitals', { data, datacontenttype: 'Application/HAL+JSON' }],
    ['with base64', { data_base64: base64, datacontenttype: 'application/json' }],
    ['with base64 of a type with a suffix', { data_base64: base64, datacontenttype: 'image/vnd.lab+json' }],
    ['with base64 and no media type', { data_base64: base64 }],
    ['with base64 beside data that is null', { data_base64: base64, data: null }],
    ['with data beside base64 that is null', { data, data_base64: null }],
    ['with null for what is optional', { data, datacontenttype: null, dataschema: null, subject: null, time: null }],
    ['with null for an extension', { data, comexample: null }],
    ['with extensions of every type', { data, text: 'x', truth: false, number: -2147483648 }],
    ['without data', {}, undefined],
    ['with text as data', { data: 'text' }, 'text'],
    [
      'with a subject, a schema and a time',
      { data, subject: 'a b', dataschema: 'urn:x:1', time: '2026-11-28T10:00:00Z' },
    ],
  ];
  for (const [what, more, right = 'data' in more || 'data_base64' in more ? data : undefined] of taken)
    it(`${what} is read`, () => {
      const { id, source, type, data: got } = structured({ ...required, ...more });
      assert.deepEqual([id, source, type, got], ['e-1', '/shop', 'refund.confirmation', right]);
    });

  const wrong: [string, object, string][] = [
    ['another version', { specversion: '1.0.2' }, '/specversion'],
    ['a version with a blank', { specversion: '1.0 ' }, '/specversion'],
    ['a version as a number', { specversion: 1 }, '/specversion'],
    ['no version', { specversion: undefined }, '/specversion'],
    ['null for the version', { specversion: null }, '/specversion'],
    ['an empty id', { id: '' }, '/id'],
    ['null for the id', { id: null }, '/id'],
    ['a number for the id', { id: 7 }, '/id'],
    ['an empty source', { source: '' }, '/source'],
    ['a source that is no URI reference', { source: 'the shop' }, '/source'],
    ['a source with half an escape', { source: '/a%2' }, '/source'],
    ['an empty type', { type: '' }, '/type'],
    ['an empty subject', { subject: '' }, '/subject'],
    ['an empty media type', { datacontenttype: '' }, '/datacontenttype'],
    ['a media type that is no JSON', { datacontenttype: 'application/jsonl' }, '/datacontenttype'],
    ['XML', { datacontenttype: 'application/xml', data: '<a/>' }, '/datacontenttype'],
    ['a schema that is no absolute URI', { dataschema: '/schemas/1' }, '/dataschema'],
    ['a time without an offset', { time: '2026-11-28T10:00:00' }, '/time'],
    ['a time without seconds', { time: '2026-11-28T10:00Z' }, '/time'],
    ['a day that is none', { time: '2026-02-30T10:00:00Z' }, '/time'],
    ['a day alone', { time: '2026-11-28' }, '/time'],
    ['a name in capitals', { traceParent: 'x' }, '/traceParent'],
    ['a name with an underscore', { trace_parent: 'x' }, '/trace_parent'],
    ['a name with a hyphen', { 'trace-parent': 'x' }, '/trace-parent'],
    ['an object for an extension', { extension: {} }, '/extension'],
    ['a fraction for an extension', { extension: 1.5 }, '/extension'],
    ['a number beyond 32 bits for an extension', { extension: 2147483648 }, '/extension'],
    ['a control character', { subject: 'a\tb' }, '/subject'],
    ['a noncharacter', { subject: 'a\ufdd0b' }, '/subject'],
    ['data twice', { data, data_base64: base64 }, '/data_base64'],
    ['what is no base64', { data_base64: '%%%' }, '/data_base64'],
    ['an object for base64', { data_base64: {} }, '/data_base64'],
    [
      'base64 in another encoding',
      { data_base64: base64, datacontenttype: 'text/json; charset=utf-16' },
      '/datacontenttype',
    ],
  ];
  for (const [what, more, field] of wrong)
    it(`with ${what} is refused`, () =>
      assert.equal(
        refused(() => structured({ ...required, ...more })),
        `event-invalid ${field}`,
      ));

  it('holds its base64 to the same rules as any JSON', () => {
    const of = (text: string) => () => structured({ ...required, data_base64: Buffer.from(text).toString('base64') });
    assert.equal(refused(of('{"a":1,"a":2}')), 'json-duplicate-key /a');
    assert.equal(refused(of('{"a"')), 'json-invalid');
    assert.equal(
      refused(() => structured({ ...required, data_base64: '/w==' })),
      'json-invalid',
    );
  });

  it('is UTF-8', () => {
    const latin1 = Buffer.from(JSON.stringify({ ...required, subject: 'Größe' }), 'latin1');
    assert.equal(
      refused(() => readCloudEvent({ 'content-type': structuredType }, latin1)),
      'json-invalid',
    );
  });

  it('comes alone, and as JSON', () => {
    for (const type of ['application/cloudevents-batch+json', 'application/cloudevents+xml', 'application/cloudevents'])
      assert.equal(
        refused(() => structured([required], type)),
        'content-type-unsupported',
        type,
      );
    for (const value of [[], [required], null, 'text', 1])
      assert.equal(
        refused(() => structured(value)),
        'event-invalid ',
      );
  });

  it('is one in any spelling of its media type', () => {
    for (const type of ['Application/CloudEvents+JSON', 'application/cloudevents+json ; charset=UTF-8'])
      assert.deepEqual(structured({ ...required, data }, type).data, data);
  });
});

describe('a binary CloudEvent', () => {
  const taken: [string, string, string][] = [
    ['as it is', '/shop', '/shop'],
    ['percent-encoded', '/%73hop', '/shop'],
    ['percent-encoded twice, decoded once', '/a%2520b', '/a%20b'],
    ['quoted', '"/shop"', '/shop'],
    ['quoted, with escapes', String.raw`"/sh\op"`, '/shop'],
    ['quoted and percent-encoded', '"/%73hop"', '/shop'],
  ];
  for (const [what, sent, right] of taken)
    it(`has its source ${what}`, () => assert.equal(binary({ source: sent }).source, right));

  it('has names outside ASCII percent-encoded in UTF-8', () => {
    const id = 'Euro € 😀 "%"';
    assert.equal(binary({ id: 'Euro%20%E2%82%AC%20%F0%9F%98%80%20%22%25%22' }).id, id);
    assert.equal(binary({ id: String.raw`"Euro %E2%82%AC %F0%9F%98%80 \"%25\""` }).id, id);
    assert.equal(binary({ id: 'Euro %E2%82%AC %F0%9F%98%80 %22%25%22' }).id, id);
  });

  const wrong: [string, Record<string, string>, string][] = [
    ['an overlong encoding', { id: '%C0%A0' }, '/id'],
    ['half a character', { id: '%E2%82' }, '/id'],
    ['half of a surrogate pair', { id: '%ED%A0%80' }, '/id'],
    ['half an escape', { id: '100%' }, '/id'],
    ['bytes that were not encoded', { id: 'Gr\u00c3\u00b6\u00c3\u009fe' }, '/id'],
    ['an encoded control character', { subject: 'a%0Ab' }, '/subject'],
    ['an empty id', { id: '' }, '/id'],
    ['an empty id in quotes', { id: '""' }, '/id'],
    ['another version', { specversion: '0.3' }, '/specversion'],
    ['a name with a hyphen', { 'my-extension': 'x' }, '/my-extension'],
    ['a time that is none', { time: 'now' }, '/time'],
  ];
  for (const [what, headers, field] of wrong)
    it(`with ${what} is refused`, () =>
      assert.equal(
        refused(() => binary(headers)),
        `event-invalid ${field}`,
      ));

  it('brings JSON of any JSON type, or nothing', () => {
    for (const type of ['application/json', 'text/json', 'application/vnd.lab.order+json; v=2'])
      assert.deepEqual(binary({}, json, type).data, data);
    assert.equal(binary({}, '').data, undefined);
    assert.equal(
      refused(() => binary({}, '{"a":1,"a":1}')),
      'json-duplicate-key /a',
    );
  });
});

describe('the time of a CloudEvent', () => {
  for (const time of [
    ...['2026-11-28T10:00:00Z', '2026-11-28t10:00:00z', '2026-11-28T10:00:00.123456789Z', '2026-11-28T10:00:00+05:30'],
    ...['2026-11-28T10:00:00-00:00', '2016-12-31T23:59:60Z', '2024-02-29T00:00:00Z'],
  ])
    it(`may be ${time}`, () => assert.equal(structured({ ...required, time }).id, 'e-1'));
});
