import assert from 'node:assert/strict';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

const at = encodeURIComponent;

describe('a handoff to the person whom a record names', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const asked = async (who: string, more = '') => {
    const caseId = await world.begin('owner on record', { told: `${who}@mail.example${more}` });
    const { id } = await world.asked(caseId, 'byRecord-1');
    return { caseId, id };
  };
  const see = async (id: string, as: string) => {
    const { status, body } = await world.api.call('GET', `/handoffs/${at(id)}`, { as });
    return status === 200 ? body.owner : `${status} ${body.code}`;
  };

  it('is decided by that person, who needs no role for it, and what was approved is written', async () => {
    const { caseId, id } = await asked('rita');
    assert.equal(await see(id, 'rita'), 'rita');
    assert.equal(await world.answer(id, 'rita'), '200');
    assert.equal(await world.text(caseId), 'by rita');
    assert.deepEqual(await world.written(caseId), ['ledger.postCreditNote']);
  });

  it('is refused to everybody else, also to those who will be asked next, and hidden from who has no part in it', async () => {
    const { id } = await asked('rita');
    for (const as of ['leo', 'mia', 'otto', 'cleo']) assert.equal(await world.answer(id, as), '403 not-your-queue', as);
    for (const as of ['ada', 'amos', 'storefront']) assert.equal(await world.answer(id, as), '403 role-missing', as);
    assert.equal(await see(id, 'otto'), '403 not-your-queue');
    assert.equal(await see(id, 'mia'), 'rita', 'she will be asked next');
    assert.equal(await see(id, 'ada'), 'rita', 'an auditor sees everything');
    const { id: others } = await asked('otto');
    assert.equal(await see(others, 'rita'), '403 role-missing');
    assert.equal(await world.answer(others, 'rita'), '403 role-missing');
    assert.equal(await world.answer(others, 'otto'), '200');
  });

  it('is listed for that person, and for nobody else by that name', async () => {
    const { id } = await asked('rita');
    const listed = async (as: string, owner?: string) => {
      const path = `/handoffs?state=open&limit=200${owner ? `&owner=${owner}` : ''}`;
      const { status, body } = await world.api.call('GET', path, { as });
      if (status !== 200) return `${status} ${body.code}`;
      return (body.handoffs as { id: string }[]).some((one) => one.id === id);
    };
    assert.equal(await listed('rita'), true);
    assert.equal(await listed('rita', 'rita'), true);
    assert.equal(await listed('otto'), false);
    assert.equal(await listed('mia'), false);
    assert.equal(await listed('otto', 'rita'), '403 not-your-queue');
    assert.equal(await listed('ada', 'rita'), true);
  });

  it('is shown as what the case waits for, but not by name where Temporal does not encrypt', async () => {
    const { caseId } = await asked('rita');
    const { body } = await world.api.call('GET', `/cases/${at(caseId)}`, { as: 'cleo' });
    assert.equal(body.waitingOn[0].owner, 'rita');
    const { searchAttributes } = await world.client.workflow.getHandle(caseId).describe();
    assert.deepEqual(searchAttributes['BatonOwner'] ?? [], []);
  });

  it('is counted, but not by name', async () => {
    await asked('rita');
    const { text } = await world.api.call('GET', '/metrics', { as: 'ada' });
    assert.match(text, /^baton_handoffs_open\{owner="\(a person\)"\} [1-9]/m);
    assert.doesNotMatch(text, /rita/);
  });

  it('is also the escalation queue’s once its time is over, and stays the person’s', async () => {
    const late = await asked('rita', ' 2020-01-01');
    await world.escalated(late.id);
    assert.equal(await world.answer(late.id, 'otto'), '403 not-your-queue');
    assert.equal(await world.answer(late.id, 'mia'), '200');
    assert.equal(await world.text(late.caseId), 'by mia');
    const own = await asked('rita', ' 2020-01-01');
    await world.escalated(own.id);
    assert.equal(await world.answer(own.id, 'rita'), '200');
    assert.equal(await world.text(own.caseId), 'by rita');
  });

  it('is not answered by the one who asked, not even where the record names them', async () => {
    const id = `P-own-${Date.now()}`;
    const body = { id, story: 'owner on record', told: 'rita@mail.example' };
    const headers = { 'idempotency-key': id };
    const { status } = await world.api.call('POST', '/processes/purchase/cases', { as: 'rita', body, headers });
    assert.equal(status, 202);
    const handoff = await world.asked(`purchase/${id}`, 'byRecord-1');
    assert.equal(await world.answer(handoff.id, 'rita'), '403 four-eyes');
  });

  it('is refused when the record names nobody', async () => {
    const caseId = await world.begin('owner on record', { told: 'nobody@mail.example' });
    assert.match(await world.text(caseId), /^failed: .*no person is named by employee.customerId/);
  });
});
