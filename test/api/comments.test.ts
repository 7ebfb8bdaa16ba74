import assert from 'node:assert/strict';
import { closeCase } from '../../store/cases.ts';
import { firstBroken, readRecord } from '../../store/record.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('a comment on a handoff', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const add = (id: string, as: string, text: unknown) =>
    here.call('POST', `/handoffs/${at(id)}/comments`, { as, body: { text } });
  const list = (id: string, as: string, query = '') => here.call('GET', `/handoffs/${at(id)}/comments${query}`, { as });
  const textsOf = (body: any): string[] => body.comments.map(({ text }: { text: string }) => text);

  it('is read by those who may see it, oldest first, page by page, and stands on the record', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'commented');
    for (const text of ['first', 'second', 'third']) assert.equal((await add(id, 'leo', text)).status, 201);
    for (const as of ['leo', 'mia', 'ada', 'amos']) {
      const { body } = await list(id, as);
      assert.deepEqual(textsOf(body), ['first', 'second', 'third'], as);
    }
    const first = (await list(id, 'leo', '?limit=2')).body;
    assert.deepEqual(textsOf(first), ['first', 'second']);
    assert.deepEqual(textsOf((await list(id, 'leo', `?limit=2&after=${first.next}`)).body), ['third']);
    const lines = await readRecord(here.pool, caseId);
    assert.deepEqual(
      lines.filter(({ type }) => type === 'handoff.commented').map(({ actor, body }) => [actor, body]),
      ['first', 'second', 'third'].map((text) => ['leo', { handoff: id, text }]),
    );
    assert.equal(firstBroken(lines), undefined);
  });

  it('stands once when it is sent again under its key; another text under that key is refused, another person has their own', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'sent-again');
    const send = (as: string, text: string, key: string) =>
      here.call('POST', `/handoffs/${at(id)}/comments`, { as, body: { text }, headers: { 'idempotency-key': key } });
    const all = await Promise.all(['k', 'k', 'k'].map((key) => send('leo', 'She called.', key)));
    assert.deepEqual(
      all.map(({ status, body }) => [status, body.id]),
      all.map(() => [201, all[0]!.body.id]),
    );
    assert.equal((await send('leo', 'She wrote.', 'k')).body.code, 'idempotency-key-reused');
    assert.equal((await send('leo', 'She wrote.', 'not ascii: ü')).body.code, 'idempotency-key-invalid');
    assert.equal((await send('mia', 'She called.', 'k')).status, 201);
    assert.deepEqual(textsOf((await list(id, 'leo')).body), ['She called.', 'She called.']);
    const lines = await readRecord(here.pool, caseId);
    assert.equal(lines.filter(({ type }) => type === 'handoff.commented').length, 2);
  });

  it('leaves the version as it was, so that what was read may still be decided on', async () => {
    const { id } = await waitingCase(here.pool, 'same-version');
    await add(id, 'leo', 'I called her.');
    const body = { verdict: 'approved', version: 1 };
    assert.equal((await here.call('POST', `/handoffs/${at(id)}/decision`, { as: 'leo', body })).status, 200);
    assert.equal((await add(id, 'leo', 'It was right.')).status, 201, 'also once it is decided');
  });

  it('is made by the queues that have it or will have it, and by who leads them; not by who only reads, or has no part', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'whose');
    const code = async (as: string) => {
      const { status, body } = await add(id, as, 'x');
      return status === 201 ? '201' : `${status} ${body.code}`;
    };
    assert.equal(await code('mia'), '201');
    for (const as of ['ada', 'rita']) assert.equal(await code(as), '403 role-missing', as);
    for (const as of ['amos', 'otto']) assert.equal(await code(as), '403 not-your-queue', as);
    await here.pool.query(`insert into queue_leads (queue, person) values ('support-leads', 'otto')`);
    assert.equal(await code('otto'), '201');
    assert.equal((await list(id, 'otto')).status, 200);
    await here.pool.query(`delete from queue_leads where person = 'otto'`);
    assert.equal((await list(id, 'otto')).body.code, 'not-your-queue');
    await closeCase(here.pool, { caseId, outcome: 'declined', result: {} });
    assert.equal(await code('mia'), '201', 'a closed case is still spoken about by its queue');
  });

  it('is never changed or taken away', async () => {
    const { id } = await waitingCase(here.pool, 'kept');
    await add(id, 'leo', 'kept');
    for (const change of [`update comments set text = 'x'`, 'delete from comments', 'truncate comments'])
      await assert.rejects(here.pool.query(change), /append-only/);
  });

  it('is plain text of a bounded length', async () => {
    const { id } = await waitingCase(here.pool, 'bounded');
    for (const text of ['', 'x'.repeat(2_001), 7, null, 'a\0b'])
      assert.ok([400, 422].includes((await add(id, 'leo', text)).status), JSON.stringify(text));
    assert.equal((await add(id, 'leo', 'x'.repeat(2_000))).status, 201);
  });

  it('reported nothing of its own', () => assert.deepEqual(here.reports, []));
});
