import assert from 'node:assert/strict';
import { SaxesParser } from 'saxes';
import { z } from 'zod';
import people from '../../api/development-people.json' with { type: 'json' };
import { mostCases } from '../../api/routes/scorecard-events.ts';
import { caseIdOf } from '../../core/declare/case-id.ts';
import { queuesIn } from '../../core/declare/owner.ts';
import { eventsOf } from '../../scorecard/mining/case-events.ts';
import { xesOf } from '../../scorecard/mining/xes.ts';
import type { World } from '../api/world.ts';
import { until } from '../world.ts';
import schema from './ocel-2.0.schema.json' with { type: 'json' };
import type { Planted } from './seed.ts';
import { definitions, everyCase, seededWorld } from './seeded-world.ts';

const keepsOcel = z.fromJSONSchema(schema as unknown as Parameters<typeof z.fromJSONSchema>[0]);

interface Log {
  eventTypes: { name: string; attributes: { name: string }[] }[];
  objectTypes: { name: string; attributes: { name: string }[] }[];
  events: Item[];
  objects: Item[];
}
interface Item {
  id: string;
  type: string;
  time: string;
  attributes: { name: string; value: string }[];
  relationships: { objectId: string; qualifier: string }[];
}

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
}

/** The elements of a well-formed document. */
function elementsOf(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes }) => {
    const one = { name, attributes: attributes as Record<string, string>, children: [] };
    open.at(-1)!.children.push(one);
    open.push(one);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.children[0]!;
}

const valueOf = ({ children }: Element, key: string) =>
  children.find(({ attributes }) => attributes['key'] === key)?.attributes['value'];
const attributeOf = ({ attributes }: Item, wanted: string) => attributes.find(({ name }) => name === wanted)?.value;
const unique = (values: readonly string[]) => assert.equal(new Set(values).size, values.length);

describe('the events of cases for process mining', function () {
  this.timeout(120_000);
  let here: World;
  let planted: Planted[];
  let close: () => Promise<void>;
  let log: Log;
  let xes: Element;
  let texts: string[];
  const get = (as: string, query: string, headers = {}) =>
    here.call('GET', `/scorecard/events?${query}`, { as, headers });

  before(async () => {
    ({ here, planted, close } = await seededWorld(450));
    const got = [await get('ada', everyCase), await get('ada', `${everyCase}&format=xes`)];
    assert.deepEqual(
      got.map(({ status, headers }) => [status, headers.get('content-type')]),
      [
        [200, 'application/json; charset=utf-8'],
        [200, 'application/xml; charset=utf-8'],
      ],
    );
    texts = got.map(({ text }) => text);
    log = got[0]!.body as Log;
    xes = elementsOf(got[1]!.text);
  });
  after(() => close?.());

  it('keep the schema of OCEL 2.0, and name nothing that is not declared', () => {
    assert.deepEqual(keepsOcel.safeParse(log).error?.issues ?? [], []);
    assert.equal(keepsOcel.safeParse({ ...log, events: [{ ...log.events[0], time: 1 }] }).success, false);
    const objects = new Map(log.objects.map((one) => [one.id, one]));
    for (const items of [log.objects, log.events]) unique(items.map(({ id }) => id));
    for (const [items, types] of [
      [log.objects, log.objectTypes],
      [log.events, log.eventTypes],
    ] as const) {
      const declared = new Map(types.map(({ name, attributes }) => [name, attributes.map((one) => one.name)]));
      for (const { type, attributes, relationships } of items) {
        assert.ok(
          attributes.every(({ name }) => declared.get(type)!.includes(name)),
          type,
        );
        assert.ok(
          relationships.every(({ objectId }) => objects.has(objectId)),
          type,
        );
      }
    }
    const types = new Set(log.objects.map(({ type }) => type));
    assert.deepEqual([...types].sort(), ['action', 'case', 'compensation', 'handoff', 'queue', 'system', 'task']);
  });

  it('are a log of XES with a trace for each case', () => {
    assert.equal(xes.name, 'log');
    assert.equal(xes.attributes['xes.version'], '1849.2016');
    const order = ['extension', 'global', 'classifier', 'trace'];
    const kinds = xes.children.map(({ name }) => order.indexOf(name));
    assert.deepEqual(kinds, kinds.toSorted());
    const traces = xes.children.filter(({ name }) => name === 'trace');
    unique(traces.map((one) => valueOf(one, 'concept:name')!));
    const prefixes = xes.children.flatMap(({ attributes }) => attributes['prefix'] ?? []);
    for (const trace of traces) {
      const events = trace.children.filter(({ name }) => name === 'event');
      for (const one of [trace, ...events]) unique(one.children.flatMap(({ attributes }) => attributes['key'] ?? []));
      for (const event of events)
        for (const { name, attributes } of event.children) {
          assert.ok(['string', 'int', 'date'].includes(name) && attributes['value'] !== '', attributes['key']);
          const [prefix, rest] = attributes['key']!.split(':');
          assert.ok(rest === undefined || prefixes.includes(prefix!));
        }
      const times = events.map((one) => valueOf(one, 'time:timestamp')!);
      assert.deepEqual(times, times.toSorted());
      assert.equal(valueOf(events[0]!, 'concept:name'), 'case opened');
    }
  });

  it('say of each case in both formats what was planted in it', () => {
    const traces = xes.children.filter(({ name }) => name === 'trace');
    const expected = planted.map(({ caseId, process, outcome, cause }) => [caseId, process, outcome, cause]).toSorted();
    const cases = log.objects.filter(({ type }) => type === 'case');
    const shown = {
      xes: traces.map((one) => ['concept:name', 'process', 'outcome', 'cause'].map((key) => valueOf(one, key) ?? null)),
      ocel: cases.map((one) => [
        one.id,
        ...['process', 'outcome', 'cause'].map((name) => attributeOf(one, name) ?? null),
      ]),
    };
    for (const found of Object.values(shown)) assert.deepEqual(found.toSorted(), expected);
    const counts = log.events.map(({ type, time }) => `${type} ${time}`).sort();
    const events = traces.flatMap(({ children }) => children.filter(({ name }) => name === 'event'));
    assert.deepEqual(
      events.map((one) => `${valueOf(one, 'concept:name')} ${valueOf(one, 'time:timestamp')}`).sort(),
      counts,
    );
  });

  it('name queues and systems, and neither people nor what a case holds', () => {
    const queues = Object.values(definitions).flatMap((one) => [
      one.owner,
      ...Object.values(one.handoffs).flatMap(({ owner }) => queuesIn(owner)),
      ...Object.values(one.context).map(({ owner }) => owner),
    ]);
    const named = log.events
      .filter(({ type }) => /^(handoff|task) /.test(type))
      .map((one) => attributeOf(one, 'resource')!);
    assert.ok(named.length > 100 && named.every((one) => queues.includes(one)));
    for (const text of texts)
      for (const { person } of people) assert.doesNotMatch(text, new RegExp(`\\b${person}\\b`), person);
    for (const text of texts) assert.doesNotMatch(text, /limit-exceeded: seeded|"seeded"|promptTokens|termsName/);
  });

  it('are for process owners of theirs, for leaders and auditors of all, and for nobody else', async () => {
    const owners = new Set<string>(Object.values(definitions).map(({ owner }) => owner));
    for (const { person, roles } of people) {
      const sees = (roles as string[]).some(
        (one) => owners.has(one) || ['auditor', 'data-leader', 'tech-leader'].includes(one),
      );
      const got = await get(person, everyCase);
      assert.equal(got.status, sees ? 200 : 403, person);
    }
    const own = (await get('svea', everyCase)).body as Log; // customer-support
    const processes = own.objects.filter(({ type }) => type === 'case').map((one) => attributeOf(one, 'process'));
    assert.equal(processes.length, planted.filter(({ process }) => process === 'refund').length);
    assert.deepEqual([...new Set(processes)], ['refund']);
    assert.equal((await get('pavel', `${everyCase}&process=refund`)).status, 404);
    assert.equal((await here.call('GET', '/scorecard/events')).status, 401);
  });

  it('are of the cases that were open in the period, of one process, and empty where there is none', async () => {
    const [from, to] = ['2026-02-10T00:00:00Z', '2026-02-12T00:00:00Z'];
    const { rows } = await here.pool.query<{ id: string }>(
      `select case_id as id from fact_cases where process = 'refund' and opened_at < $2 and coalesce(closed_at >= $1, true)`,
      [from, to],
    );
    const { objects } = (await get('ada', `process=refund&from=${from}&to=${to}`)).body as Log;
    const found = objects.filter(({ type }) => type === 'case').map(({ id }) => id);
    assert.deepEqual(found.toSorted(), rows.map(({ id }) => id).toSorted());
    assert.ok(found.length > 0 && found.length < 20, String(found.length));
    const none = (await get('ada', 'from=2020-01-01&to=2020-01-02')).body as Log;
    assert.deepEqual([none.events, none.objects], [[], []]);
    assert.equal(elementsOf((await get('ada', 'from=2020-01-01&to=2020-01-02&format=xes')).text).name, 'log');
  });

  it('are XES for whoever accepts XML alone', async () => {
    const period = 'from=2026-02-10&to=2026-02-12';
    const typeFor = async (accept: string, more = '') =>
      (await get('ada', period + more, { accept })).headers.get('content-type')!;
    assert.match(await typeFor('application/xml'), /xml/);
    assert.match(await typeFor('text/xml;q=0.9'), /xml/);
    for (const accept of ['application/xml, application/json', '*/*', 'text/html'])
      assert.match(await typeFor(accept), /json/);
    assert.match(await typeFor('application/xml', '&format=ocel'), /json/);
  });

  it('are refused where the query says what is not known, or asks for too many cases', async () => {
    for (const [query, field] of Object.entries({
      'format=csv': 'format',
      'from=yesterday': 'from',
      'from=2026-02-02&to=2026-02-01': 'from',
      'level=business': 'level',
    })) {
      const got = await get('ada', query);
      assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [400, 'query-invalid', field], query);
    }
    await here.pool.query(
      `insert into fact_cases select r.* from (select to_jsonb(f) as one from fact_cases f limit 1) c, generate_series(1, $1) n,
         jsonb_populate_record(null::fact_cases, c.one || jsonb_build_object('case_id', 'refund/many-' || n,
           'opened_at', '2024-01-01T00:00:00Z', 'closed_at', '2024-01-02T00:00:00Z')) r`,
      [mostCases + 1],
    );
    const many = await get('ada', 'from=2024-01-01&to=2024-01-03');
    assert.deepEqual([many.status, many.body.code, many.body.errors[0].field], [400, 'query-invalid', 'from']);
    assert.match(many.body.errors[0].message, /more than 10000 cases: ask for a shorter one/);
    await here.pool.query(`delete from fact_cases where case_id = 'refund/many-1'`);
    const most = await get('ada', 'from=2024-01-01&to=2024-01-03');
    assert.equal((most.body as Log).objects.length, mostCases);
  });

  it('are read by one person once at a time', async () => {
    const authorization = `Bearer ${await here.api.identity!.tokenFor('ada')}`;
    const url = `${here.api.url}/scorecard/events?from=2024-01-01&to=2024-01-03`;
    const gone = new AbortController();
    await fetch(url, { headers: { authorization }, signal: gone.signal }); // larger than what is sent ahead of a reader
    const refused = await get('ada', everyCase);
    assert.deepEqual(
      [refused.status, refused.body.code, refused.headers.get('retry-after')],
      [429, 'too-many-requests', '5'],
    );
    assert.equal((await get('delia', 'from=2020-01-01&to=2020-01-02')).status, 200);
    gone.abort();
    await until(async () => (await get('ada', 'from=2020-01-01&to=2020-01-02')).status === 200, 'the place is free');
  });

  it('have ids that no case can have, whatever its business key', () => {
    const step = {
      hash: '0123456789abcdef',
      kind: 'action',
      name: 'pay',
      system: null,
      owner: null,
      outcome: 'done',
    } as const;
    const at = { beganAt: 1, endedAt: 1, tries: 1, error: null, stage: null };
    const one = {
      caseId: 'refund/R-1',
      process: 'refund',
      version: 'v1',
      outcome: null,
      cause: null,
      openedAt: 0,
      closedAt: 2,
    };
    for (const { id } of eventsOf({ ...one, steps: [{ ...step, ...at }] })) {
      const requestId = id.slice('refund/'.length);
      assert.notEqual(caseIdOf(definitions['refund']!, { requestId }), id);
    }
  });

  it('hold any text of a process in well-formed XML', async () => {
    const outcome = 'a "b" <c> & \'d\'\n\u0001\uD800';
    const one = {
      caseId: 'p/1',
      process: 'p',
      version: 'v',
      outcome,
      cause: null,
      openedAt: 0,
      closedAt: 5,
      steps: [],
    };
    let xml = '';
    for await (const piece of xesOf(async function* () {
      yield [one];
    }))
      xml += piece;
    const trace = elementsOf(xml).children.at(-1)!;
    assert.equal(valueOf(trace, 'outcome'), 'a "b" <c> & \'d\'\n\uFFFD\uFFFD');
    assert.equal(eventsOf(one).length, 2);
  });
});
