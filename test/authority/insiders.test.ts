import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { accept } from '../../store/inbox.ts';
import { setRoles } from '../../store/members.ts';
import { type AuthorityWorld, authorityWorld, newId } from './world.ts';

describe('an insider', function () {
  this.timeout(120_000);
  let world: AuthorityWorld;
  before(async () => void (world = await authorityWorld()));
  after(() => world?.close());
  beforeEach(async () => {
    await world.people();
    await world.pool.query('delete from delegations');
    for (const person of ['anna', 'ben']) await world.limits(person);
  });

  it('is held to limits and has what is given to them, however they are spelled', async () => {
    await world.limits('ANNA', { amount: 499, currency: 'EUR' });
    assert.equal(await world.decide(await (await world.open()).ask(), 'anna'), '403 limit-exceeded');
    const shown = await world.call('GET', '/people/Anna/limits', 'anna');
    assert.deepEqual([shown.status, shown.body.limits[0]?.amount], [200, 499], shown.text);

    await world.delegates('ben', 'DAN');
    assert.equal(await world.decide(await (await world.open()).ask(), 'dan'), '200');

    const because = 'as asked';
    const led = await world.call('PUT', '/queues/buyers', 'amos', { calendar: 'auckland', leads: ['GINA'], because });
    assert.deepEqual([led.status, led.body.leads], [200, ['gina']], led.text);
    const id = await (await world.open()).ask();
    const given = await world.post(id, 'assignment', 'gina', { to: 'BEN', because });
    assert.deepEqual([given.status, given.body.claimedBy], [200, 'ben'], given.text);
    assert.equal(await world.decide(id, 'ben'), '200');
  });

  it('is held to a limit that was set before anybody knew them', async () => {
    const [late, spelled] = [`late-${randomUUID().slice(0, 4)}`, 'LATE'];
    await world.limits(late.replace('late', spelled), { amount: 1, currency: 'EUR' });
    await setRoles(world.pool, late, ['buyers']);
    assert.equal(await world.decide(await (await world.open()).ask(), late), '403 limit-exceeded');
  });

  it('bears no name of Baton’s own, nor one that looks like it', async () => {
    for (const name of [
      'baton',
      'Baton',
      'temporal-client',
      'KEY:shop',
      'hook:shop',
      ' key:shop',
      'ｋey:shop',
      'bat\u200bon',
    ])
      assert.equal(world.said(await world.call('GET', '/queues', name)), '401 unauthenticated', name);
  });

  /** A case whose request this sender sent, in the requester's name. */
  async function sent(sentBy: string, requester: string) {
    const id = newId();
    const request = { process: 'spend', caseId: `spend/${id}`, request: { id }, requestDigest: '-', asOf: null };
    await accept(world.pool, { ...request, sentBy, requester, idempotencyKey: id });
    return world.open({ id, requester });
  }

  it('does not decide what they had a machine ask for, nor what a key asked for whose secret they had before', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const key = { name: 'shop', scopes: ['cases.start:spend'], expiresAt };
    const { body } = await world.call('POST', '/keys', 'amos', key);
    await world.pool.query(`update api_keys set made_by = 'anna', makers = '{anna}' where id = $1`, [body.id]);
    await world.call('POST', `/keys/${body.id}/rotation`, 'amos');
    const of = await sent('key:shop', 'key:shop');
    const id = await of.ask();
    assert.equal(await world.decide(id, 'anna'), '403 four-eyes');
    assert.equal(await world.decide(id, 'ben'), '200');
    assert.equal(await of.writes(id), 'done');
  });

  it('does not decide what they asked for in the name of a colleague, be it by the time of the write', async () => {
    const of = await sent('anna', 'rita');
    const id = await of.ask();
    assert.equal(await world.decide(id, 'anna'), '403 four-eyes');
    await world.delegates('anna', 'dan');
    assert.equal(await world.decide(id, 'dan'), '403 four-eyes');
    assert.equal(await world.decide(id, 'ben'), '200');
    await world.pool.query(`update inbox set sent_by = 'ben' where case_id = $1`, [of.caseId]);
    assert.match(await of.writes(id), /^approval-invalid: .*by the one who asked/);
  });
});
