import assert from 'node:assert/strict';
import { closeWrites, closeCase } from '../../store/cases.ts';
import { firstBroken, readRecord } from '../../store/record.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('deciding over HTTP', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const post = (id: string, what: string, as: string, body: unknown = {}) =>
    here.call('POST', `/handoffs/${at(id)}/${what}`, { as, body });
  const approve = (id: string, as: string, more: object = {}) =>
    post(id, 'decision', as, { verdict: 'approved', version: 1, ...more });
  const code = async (got: Promise<{ status: number; body: any }>) => {
    const { status, body } = await got;
    return [status, body.code];
  };
  const decisions = async (id: string) =>
    (await here.pool.query('select * from decisions where handoff_id = $1', [id])).rows;

  it('is stored with its line of the record and a signal for the case', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'plain');
    const got = await approve(id, 'leo', { because: 'fine' });
    assert.equal(got.status, 200, got.text);
    assert.deepEqual([got.body.state, got.body.version, got.body.decision.by], ['decided', 2, 'leo']);
    const { rows } = await here.pool.query('select signal, body, delivered_at from signals where case_id = $1', [
      caseId,
    ]);
    assert.deepEqual(rows, [
      { signal: 'decided', body: { handoffId: id, verdict: 'approved', by: 'leo' }, delivered_at: null },
    ]);
    const lines = await readRecord(here.pool, caseId);
    assert.deepEqual(
      lines.map(({ type, actor }) => [type, actor]),
      [
        ['case.opened', 'rita'],
        ['handoff.opened', 'baton'],
        ['handoff.decided', 'leo'],
      ],
    );
  });

  it('is for members of the queue, and not for who asked', async () => {
    const { id } = await waitingCase(here.pool, 'who', { requester: 'leo' });
    assert.deepEqual(await code(approve(id, 'rita')), [403, 'role-missing']);
    assert.deepEqual(await code(approve(id, 'ada')), [403, 'role-missing']);
    assert.deepEqual(await code(approve(id, 'amos')), [403, 'not-your-queue']);
    assert.deepEqual(await code(approve(id, 'mia')), [403, 'not-your-queue']);
    assert.deepEqual(await code(approve(id, 'otto')), [403, 'not-your-queue']);
    assert.deepEqual(await code(approve(id, 'leo')), [403, 'four-eyes']);
    assert.deepEqual(await code(approve('refund/none/review-1', 'leo')), [404, 'not-found']);
    assert.deepEqual(await decisions(id), []);
  });

  it('counts once, however many decide at the same time', async () => {
    const { id } = await waitingCase(here.pool, 'once');
    const answers = await Promise.all(Array.from({ length: 8 }, () => approve(id, 'leo')));
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, ...Array(7).fill(409)]);
    assert.deepEqual(await code(approve(id, 'leo', { version: 2 })), [409, 'handoff-closed']);
    assert.equal((await decisions(id)).length, 1);
  });

  it('is too late after the handoff expired, or the case was closed or is taken back', async () => {
    const late = await waitingCase(here.pool, 'late', { expiresInMs: -1, escalatesInMs: -2 });
    const answers = await Promise.all([approve(late.id, 'leo'), approve(late.id, 'mia')]);
    assert.ok(answers.some(({ body }) => body.code === 'handoff-closed'));
    assert.ok(answers.every(({ status }) => status === 403 || status === 409));
    assert.deepEqual(
      (await decisions(late.id)).map(({ verdict }) => verdict),
      ['expired'],
    );
    const closed = await waitingCase(here.pool, 'closed');
    await closeCase(here.pool, { caseId: closed.caseId, outcome: 'declined', result: {} });
    assert.deepEqual(await code(approve(closed.id, 'leo', { version: 2 })), [409, 'handoff-closed']);
    const barred = await waitingCase(here.pool, 'barred');
    await closeWrites(here.pool, barred.caseId, 'cancelled');
    assert.deepEqual(await code(approve(barred.id, 'leo')), [409, 'handoff-closed']);
  });

  it('is also the escalation queue’s once time is up, and stays the first one’s', async () => {
    for (const [as, requestId] of [
      ['leo', 'up-1'],
      ['mia', 'up-2'],
    ] as const) {
      const { id } = await waitingCase(here.pool, requestId, { escalatesInMs: -1 });
      assert.equal((await approve(id, as)).status, 200, as);
    }
  });

  it('is refused on another version than the one read', async () => {
    const { id } = await waitingCase(here.pool, 'stale');
    assert.deepEqual(await code(approve(id, 'leo', { version: 7 })), [409, 'version-stale']);
    for (const version of [undefined, 0, '1', 1.5]) {
      assert.deepEqual(await code(approve(id, 'leo', { version })), [422, 'request-invalid']);
    }
  });

  it('changes only what may be amended, and only into what the terms allow', async () => {
    const { id } = await waitingCase(here.pool, 'amended');
    const forbidden = await approve(id, 'leo', { amend: { requestId: 'other' } });
    assert.deepEqual([forbidden.status, forbidden.body.code], [422, 'amendment-not-allowed']);
    assert.equal(forbidden.body.errors[0].field, '/amend/requestId');
    assert.deepEqual(await code(approve(id, 'leo', { amend: { more: 1 } })), [422, 'amendment-not-allowed']);
    for (const amend of [{ amount: 1 }, { amount: -1 }, { amount: '1' }, { reply: null }]) {
      assert.deepEqual(await code(approve(id, 'leo', { amend })), [422, 'amendment-invalid'], JSON.stringify(amend));
    }
    const paid = { orderId: '#W1', paymentMethodId: 'card-1', amount: 5, currency: 'EUR' };
    const split = (...ids: string[]) =>
      approve(id, 'leo', { amend: { payouts: ids.map((one) => ({ id: one, ...paid })), amount: 5 * ids.length } });
    const twice = await split('payout-1', 'payout-2', 'payout-1');
    assert.equal(twice.body.code, 'amendment-invalid', 'each is paid once, by its id');
    assert.deepEqual(twice.body.errors, [{ field: '/amend/payouts/2/id', message: 'is there twice' }]);
    assert.deepEqual((await split('')).body.errors, [{ field: '/amend/payouts/0/id', message: 'is missing' }]);
    const rejected = post(id, 'decision', 'leo', { verdict: 'rejected', amend: { reply: 'no' }, version: 1 });
    assert.deepEqual(await code(rejected), [422, 'amendment-not-allowed']);
    const got = await approve(id, 'leo', { amend: { reply: 'Gladly.' } });
    assert.deepEqual([got.body.decision.amended, got.body.decision.terms.reply], [true, 'Gladly.']);
  });

  it('is claimed by one, whom the others leave to it', async () => {
    const { id } = await waitingCase(here.pool, 'claimed', { escalatesInMs: -1 });
    const claimed = await here.call('POST', `/handoffs/${at(id)}/claim`, { as: 'leo' });
    assert.equal(claimed.body.claimedBy, 'leo');
    assert.deepEqual(await code(approve(id, 'mia')), [409, 'claimed-by-other']);
    assert.deepEqual(await code(post(id, 'claim', 'mia')), [409, 'claimed-by-other']);
    assert.deepEqual(await code(post(id, 'release', 'mia')), [409, 'claimed-by-other']);
    assert.equal((await post(id, 'release', 'leo')).body.claimedBy, null);
    assert.equal((await post(id, 'claim', 'mia', { version: 1 })).body.claimedBy, 'mia');
    assert.equal((await approve(id, 'mia')).status, 200);
  });

  it('is not kept by a claim whose holder lost the role', async () => {
    const [{ id }, other] = [
      await waitingCase(here.pool, 'left', { escalatesInMs: -1 }),
      await waitingCase(here.pool, 'left-too', { escalatesInMs: -1 }),
    ];
    for (const one of [id, other.id]) assert.equal((await post(one, 'claim', 'leo')).body.claimedBy, 'leo');
    assert.deepEqual(await code(post(id, 'claim', 'mia')), [409, 'claimed-by-other']);
    await here.pool.query(`delete from members where person = 'leo'`);
    assert.equal((await post(id, 'release', 'mia')).body.claimedBy, null);
    assert.equal((await post(id, 'claim', 'mia')).body.claimedBy, 'mia');
    assert.equal((await approve(other.id, 'mia')).status, 200);
    await here.pool.query(`insert into members (person, role) values ('leo', 'support-leads')`);
    assert.deepEqual(await code(approve(id, 'leo')), [409, 'claimed-by-other']);
  });

  it('is released by an administrator, who claims and decides nothing', async () => {
    const { id } = await waitingCase(here.pool, 'held-back', { requester: 'amos' });
    assert.equal((await post(id, 'claim', 'leo')).status, 200);
    assert.deepEqual(await code(post(id, 'release', 'amos', { version: 7 })), [409, 'version-stale']);
    assert.equal((await post(id, 'release', 'amos')).body.claimedBy, null);
    const { rows } = await here.pool.query(
      `select actor from record where case_id = 'refund/held-back' and type = 'handoff.released'`,
    );
    assert.deepEqual(rows, [{ actor: 'amos' }]);
    assert.deepEqual(await code(post(id, 'claim', 'amos')), [403, 'not-your-queue']);
    assert.equal((await approve(id, 'leo')).status, 200);
    assert.deepEqual(await code(post(id, 'release', 'amos')), [409, 'handoff-closed']);
  });

  it('shows the times of its contract, also where it supervises a write', async () => {
    const { id } = await waitingCase(here.pool, 'supervised', { name: 'supervision' });
    const { contract } = (await here.call('GET', `/handoffs/${at(id)}`, { as: 'leo' })).body;
    const times = { answerWithin: '4 business hours', expiresAfter: '5 business days' };
    assert.deepEqual(contract, { escalateTo: 'support-managers', ...times });
  });

  it('may send it back, with a reason', async () => {
    const { id } = await waitingCase(here.pool, 'back');
    assert.deepEqual(await code(post(id, 'return', 'leo', { version: 1, because: '' })), [422, 'request-invalid']);
    const got = await post(id, 'return', 'leo', { version: 1, because: 'which order?' });
    assert.deepEqual([got.body.decision.verdict, got.body.decision.because], ['returned', 'which order?']);
  });

  it('is the source’s owner’s where data broke its contract', async () => {
    const { id } = await waitingCase(here.pool, 'repair', { name: 'repair', owner: 'order-management' });
    assert.deepEqual(await code(approve(id, 'leo')), [403, 'not-your-queue']);
    assert.equal((await approve(id, 'otto')).status, 200);
  });

  it('is exported with the whole record, line by line', async () => {
    const got = await here.call('GET', `/cases/${at('refund/amended')}/record`, { as: 'ada' });
    assert.match(got.headers.get('content-type') ?? '', /^application\/x-ndjson/);
    const lines = got.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ type }) => type),
      ['case.opened', 'handoff.opened', 'handoff.decided'],
    );
    assert.equal(firstBroken(lines), undefined);
    assert.equal((await here.call('GET', `/cases/${at('refund/none')}/record`, { as: 'ada' })).status, 404);
  });

  it('lets a case be cancelled by its requester, an administrator or the escalation queue', async () => {
    const cancel = (caseId: string, as: string, body?: object) =>
      here.call('POST', `/cases/${at(caseId)}/cancellation`, { as, ...(body ? { body } : {}) });
    const { caseId } = await waitingCase(here.pool, 'cancelled');
    assert.deepEqual(await code(cancel(caseId, 'leo')), [403, 'role-missing']);
    for (const as of ['rita', 'amos', 'mia'])
      assert.equal((await cancel(caseId, as, { because: 'x' })).status, 202, as);
    const other = await waitingCase(here.pool, 'others', { requester: 'ida' });
    assert.deepEqual(await code(cancel(other.caseId, 'rita')), [404, 'not-found']);
    await assert.rejects(closeCase(here.pool, { caseId, outcome: 'declined', result: {} }), /asked to cancel/);
    await closeWrites(here.pool, caseId, 'x');
    await closeCase(here.pool, { caseId, outcome: 'cancelled', result: {} });
    assert.deepEqual(await code(cancel(caseId, 'rita')), [409, 'case-closed']);
    const types = (await readRecord(here.pool, caseId)).map(({ type }) => type);
    assert.deepEqual(types.filter((type) => type === 'case.cancellation-requested').length, 1);
  });

  it('reported nothing of its own', () => assert.deepEqual(here.reports, []));
});
