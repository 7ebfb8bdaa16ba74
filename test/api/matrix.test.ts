import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import people from '../../api/development-people.json' with { type: 'json' };
import { mayCall } from '../../api/mount.ts';
import type { Route } from '../../api/route.ts';
import { routes } from '../../api/routes.ts';
import { withHandoff } from '../../store/handoffs.ts';
import * as questions from '../../store/questions.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as definitions from '../../workflows/definitions.ts';
import { isAboutCase, nameOf } from './matrix.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

/** Somebody, and whether the case is one that they asked for. */
interface Asking {
  person: string;
  roles: string[];
  own: boolean;
}

/** Leads support's leads, besides what they are. */
const lead = 'otto';
const queues = queuesOf(definitions.refund);
const has = ({ roles }: Asking, ...wanted: string[]) => wanted.some((role) => roles.includes(role));
const sees = (one: Asking) => one.own || has(one, 'admin', 'auditor', 'system', ...queues);
const mayBeAsked = (one: Asking) => has(one, 'support-leads', 'support-managers');

/** What a route about a refund that waits for support's leads answers to whoever gets past the door and sees the case. */
const answers: Record<string, (one: Asking) => string> = {
  'get /cases/{caseId}': () => '200',
  'get /cases/{caseId}/timeline': () => '200',
  'get /cases/{caseId}/writes': () => '200',
  'get /cases/{caseId}/record': () => '200',
  'get /cases/{caseId}/texts/{sha256}': () => '404 not-found',
  'post /cases/{caseId}/cancellation': (one) =>
    one.own || has(one, 'admin', 'support-managers') ? '202' : '403 role-missing',
  'post /cases/{caseId}/reversal': (one) =>
    has(one, 'admin', 'customer-support') ? '409 case-open' : '403 role-missing',
  'get /handoffs/{handoffId}': (one) =>
    mayBeAsked(one) || has(one, 'admin', 'auditor') || one.person === lead ? '200' : '403 not-your-queue',
  ...Object.fromEntries(
    ['decision', 'claim', 'release', 'return'].map((verb) => [`post /handoffs/{handoffId}/${verb}`, answered]),
  ),
};

/** Everybody tries with a version that the handoff never had: it stays as it is. */
function answered(one: Asking): string {
  if (!has(one, 'support-leads')) return '403 not-your-queue';
  return one.own ? '403 four-eyes' : '409 version-stale';
}

answers['post /handoffs/{handoffId}/questions'] = answered;

/** Whoever has a part in it, or will have, remarks on it; who sees everything reads that. */
answers['post /handoffs/{handoffId}/comments'] = (one) =>
  mayBeAsked(one) || one.person === lead ? '201' : '403 not-your-queue';
answers['get /handoffs/{handoffId}/comments'] = answers['get /handoffs/{handoffId}']!;
answers['get /handoffs/{handoffId}/brief'] = answers['get /handoffs/{handoffId}']!;

/** It went back to nobody. */
answers['post /handoffs/{handoffId}/rework'] = (one) =>
  has(one, 'support-leads') ? '409 handoff-kind' : '403 not-your-queue';

/** An administrator releases what somebody else claimed. */
answers['post /handoffs/{handoffId}/release'] = (one) => (has(one, 'admin') ? '409 version-stale' : answered(one));

/** A lead gives it to somebody, or an administrator: neither decides it. Whoever leads nothing does not get so far. */
answers['post /handoffs/{handoffId}/assignment'] = (one) =>
  has(one, 'admin') || one.person === lead ? '409 version-stale' : '403 not-your-queue';

/** A handoff that is decided is completed by nobody. */
answers['post /handoffs/{handoffId}/completion'] = (one) => answered(one).replace('version-stale', 'handoff-kind');

const bodies: Record<string, object> = {
  completion: { found: 'undone', because: 'seen', version: 99 },
  cancellation: {},
  reversal: { because: 'paid by mistake' },
  decision: { verdict: 'approved', version: 99 },
  return: { because: 'incomplete', version: 99 },
  claim: { version: 99 },
  release: { version: 99 },
  questions: { to: 'requester', question: 'Which order?', version: 99 },
  comments: { text: 'I have looked at it.' },
  rework: { because: 'It is there now.', version: 99 },
  assignment: { to: 'leo', because: 'he is back', version: 99 },
};

const aboutCases = routes.filter(isAboutCase);

describe('every route about a case', function () {
  this.timeout(120_000);
  let here: World;
  const handoffOf = new Map<string, string>();
  before(async () => {
    here = await world();
    await here.pool.query(`insert into queue_leads (queue, person) values ('support-leads', $1)`, [lead]);
    for (const { person } of [{ person: 'somebody' }, ...people]) {
      handoffOf.set(person, (await waitingCase(here.pool, `of-${person}`, { requester: person })).id);
    }
  });
  after(() => here.close());

  for (const route of aboutCases) {
    it(`answers everybody as it should, about their own case and about another's: ${nameOf(route)}`, async () => {
      const expected = answers[nameOf(route)];
      assert.ok(expected, 'the table says what it answers');
      for (const own of [true, false]) {
        const all = people.map(async ({ person, roles }) => {
          const one = { person, roles, own };
          const asLead = Array.isArray(route.who) && route.who.includes('lead') && person === lead;
          const wanted = !(mayCall(route.who, one, definitions) || asLead)
            ? '403 role-missing'
            : sees(one)
              ? expected(one)
              : '404 not-found';
          assert.equal(await answerTo(route, one), wanted, `${person}, ${own ? 'their own' : "somebody else's"}`);
        });
        await Promise.all(all);
      }
    });
  }

  async function answerTo({ method, path }: Route, { person, own }: Asking): Promise<string> {
    const handoffId = handoffOf.get(own ? person : 'somebody')!;
    const url = path
      .replace('{caseId}', at(handoffId.replace(/\/review-1$/, '')))
      .replace('{handoffId}', at(handoffId))
      .replace('{sha256}', '0'.repeat(64));
    const body = method === 'get' ? undefined : bodies[path.split('/').at(-1)!];
    const got = await here.call(method.toUpperCase(), url, { as: person, ...(body ? { body } : {}) });
    return got.status < 400 ? String(got.status) : `${got.status} ${got.body.code}`;
  }
});

/** Questions that leo took back, put to whoever asked for the case: nobody answers them any more. */
const ofQuestions: Record<string, (one: Asking) => string> = {
  'get /questions/{questionId}': () => '200',
  'post /questions/{questionId}/answer': ({ person, own }) =>
    person === 'leo' ? '403 four-eyes' : own ? '409 question-closed' : '403 not-your-queue',
  'post /questions/{questionId}/withdrawal': ({ person }) =>
    person === 'leo' ? '409 question-closed' : '403 not-your-queue',
};

describe('every route about a question', function () {
  this.timeout(120_000);
  let here: World;
  const questionOf = new Map<string, string>();
  before(async () => {
    here = await world();
    for (const { person } of [{ person: 'somebody' }, ...people])
      questionOf.set(person, await questionTakenBack(here.pool, `of-${person}`, person));
  });
  after(() => here.close());

  for (const route of routes.filter(({ path }) => path.includes('{questionId}'))) {
    it(`answers those it is put to, who asked it and who sees everything: ${nameOf(route)}`, async () => {
      const expected = ofQuestions[nameOf(route)];
      assert.ok(expected, 'the table says what it answers');
      const ask = async (one: Asking) => {
        const id = questionOf.get(one.own ? one.person : 'somebody')!;
        const body = route.path.endsWith('/answer') ? { answer: 'The first.' } : undefined;
        const path = route.path.replace('{questionId}', at(id));
        const { status, body: got } = await here.call(route.method.toUpperCase(), path, { as: one.person, body });
        return status < 400 ? String(status) : `${status} ${got.code}`;
      };
      for (const own of [true, false]) {
        const all = people.map(async ({ person, roles }) => {
          const one = { person, roles, own };
          const wanted = own || person === 'leo' || has(one, 'admin', 'auditor') ? expected(one) : '404 not-found';
          assert.equal(await ask(one), wanted, `${person}, ${own ? 'of their own case' : "of somebody else's"}`);
        });
        await Promise.all(all);
      }
    });
  }
});

async function questionTakenBack(pool: Pool, requestId: string, requester: string): Promise<string> {
  const { id: handoffId } = await waitingCase(pool, requestId, { requester });
  const soon = new Date(Date.now() + 60_000);
  const asked = { to: 'requester', queue: undefined, person: requester, askedBy: 'leo', question: 'Which order?' };
  const id = await withHandoff(pool, handoffId, (db, handoff) =>
    questions.ask(db, handoff!, { ...asked, shows: [], atRiskAt: soon, dueAt: soon }),
  );
  const question = (await questions.findQuestion(pool, id))!;
  await questions.withQuestion(pool, question, (db, one) => questions.endQuestion(db, one, 'taken-back', 'leo'));
  return id;
}

describe('asking for a case', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  /** Besides nora, who may ask for everything, and the storefront, which is a system. */
  const asking: Record<string, string[]> = {
    refund: ['rita'],
    'service-renewal': ['rita'],
    'access-request': ['greta', 'agnes', 'vidar', 'sigrid'],
  };
  const ask = (process: string, as: string, body: object = {}) =>
    here.call('POST', `/processes/${process}/cases`, { as, body, headers: { 'idempotency-key': `${process}-1` } });

  for (const { name, internal } of Object.values<ProcessDefinition>(definitions)) {
    it(`is open to those whom the process names, and to systems: ${name}`, async () => {
      const got = await Promise.all(people.map(async ({ person }) => [person, (await ask(name, person)).body.code]));
      const may = got.filter(([, code]) => code !== 'role-missing').map(([person]) => person);
      assert.deepEqual(may.toSorted(), internal ? [] : [...(asking[name] ?? []), 'nora', 'storefront'].toSorted());
    });
  }

  it('is declared by every process, with roles that answer for nothing', () => {
    const all: ProcessDefinition[] = Object.values(definitions);
    const answering = new Set(all.flatMap((one) => [...queuesOf(one)]));
    for (const { name, requestedBy = [], internal = false } of all) {
      assert.equal(requestedBy.length > 0, !internal, name);
      for (const role of requestedBy) assert.ok(!answering.has(role), role);
    }
  });

  it('takes no key where it is refused: whoever may ask still can, with a request of their own', async () => {
    for (const person of ['greta', 'fiona', 'leo', 'ada', 'amos'])
      assert.equal((await ask('refund', person, request('wanted'))).body.code, 'role-missing', person);
    const { rows } = await here.pool.query('select 1 from inbox union all select 1 from cases');
    assert.deepEqual(rows, []);
    const got = await ask('refund', 'rita', request('wanted', { message: 'It is the wrong colour.' }));
    assert.deepEqual([got.status, got.body.caseId], [202, 'refund/wanted']);
  });
});
