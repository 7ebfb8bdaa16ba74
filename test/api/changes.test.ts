import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setRoles } from '../../store/members.ts';
import { append } from '../../store/record.ts';
import { until } from '../world.ts';
import { type Follower, follow, followAs } from './follower.ts';
import { issuer } from './issuer.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('following what changes', function () {
  this.timeout(30_000);
  let here: World;
  const following: Follower[] = [];
  before(async () => void (here = await world({ checkFollowersEveryMs: 200 })));
  afterEach(() => following.splice(0).forEach((one) => one.leave()));
  after(() => here.close());

  const as = async (person: string) => {
    const follower = await followAs(here, person);
    following.push(follower);
    return follower;
  };
  const claim = (id: string, by: string) =>
    here.call('POST', `/handoffs/${at(id)}/claim`, { as: by, body: { version: 1 } });
  const kinds = ({ told }: Follower) => told.map(({ event, data }) => data.kind ?? event);

  it('tells those in the queue that somebody took it, by kind and ids alone', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'claimed');
    const [leo, ada] = [await as('leo'), await as('ada')];
    await claim(id, 'leo');
    for (const one of [leo, ada])
      assert.deepEqual(await one.hears('handoff.claimed'), { kind: 'handoff.claimed', caseId, handoffId: id });
  });

  it('tells nobody of what is not theirs to see', async () => {
    const [ines, otto, rita] = [await as('ines'), await as('otto'), await as('rita')];
    const mine = await waitingCase(here.pool, 'of-rita', { requester: 'rita' });
    const other = await waitingCase(here.pool, 'of-greta', { requester: 'greta' });
    await claim(other.id, 'leo');
    await claim(mine.id, 'leo');
    assert.equal((await rita.hears('handoff.claimed')).handoffId, mine.id);
    await otto.hears('handoff.claimed'); // who answers for a part of this process sees its cases
    assert.ok(rita.told.every(({ data }) => data.caseId === mine.caseId));
    assert.deepEqual(ines.told, [], 'who takes claims in has no part in refunds');
  });

  it('tells a queue that is asked, and nobody who is not', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'asked');
    const [otto, ines] = [await as('otto'), await as('ines')];
    const body = { to: 'order-management', question: 'Which order is meant?', version: 1 };
    const asked = await here.call('POST', `/handoffs/${at(id)}/questions`, { as: 'leo', body });
    assert.equal(asked.status, 200, asked.text);
    const told = await otto.hears('handoff.asked');
    assert.equal(told.caseId, caseId);
    assert.equal((await here.call('GET', `/questions/${at(told.questionId)}`, { as: 'otto' })).status, 200);
    assert.deepEqual(ines.told, []);
  });

  it('tells what a case does by itself, too', async () => {
    const ada = await as('ada');
    const { caseId } = await waitingCase(here.pool, 'by-itself');
    const entry = { caseId, key: `${caseId}/pay-1`, actor: 'baton', body: {} };
    await append(here.pool, { ...entry, type: 'action.done' });
    assert.deepEqual(await ada.hears('action.done'), { kind: 'action.done', caseId });
  });

  it('ends as soon as somebody’s time here has, and tells them nothing more', async () => {
    const mia = await as('mia');
    const { id } = await waitingCase(here.pool, 'after');
    await mia.hears('handoff.opened');
    await here.call('PUT', '/people/mia/active', { as: 'amos', body: { active: false } });
    await claim(id, 'leo');
    await until(async () => mia.isOver(), 'it is over');
    assert.deepEqual(mia.told.at(-1), { event: 'ended', data: { code: 'person-inactive' } });
    assert.ok(!kinds(mia).includes('handoff.claimed'));
    assert.equal((await followAs(here, 'mia')).status, 403);
  });

  it('follows what somebody’s roles are: what they may no longer see is not told, what they may now is', async () => {
    const anke = await as('anke');
    await setRoles(here.pool, 'anke', ['ap-managers', 'support-leads']);
    await setRoles(here.pool, 'anke', []);
    const { id } = await waitingCase(here.pool, 'roles');
    await claim(id, 'leo');
    await until(async () => anke.told.some(({ event }) => event === 'missed'), 'all is looked at again');
    assert.ok(!kinds(anke).includes('handoff.claimed'));
  });

  it('ends with its token', async () => {
    const shop = await issuer();
    const other = await world({ pool: here.pool, issuer: shop.url, checkFollowersEveryMs: 200 });
    const now = Math.floor(Date.now() / 1_000);
    const claims = { sub: 'leo', aud: 'baton', roles: ['support-leads'], iat: now - 100, exp: now - 28 };
    const leo = await follow(other.api.url, await shop.sign(claims, { typ: 'at+jwt' }));
    assert.equal(leo.status, 200, 'clocks may be 30 seconds apart');
    await until(async () => leo.isOver(), 'it is over');
    assert.deepEqual(leo.told.at(-1), { event: 'ended', data: { code: 'unauthenticated' } });
    await other.close();
    await shop.close();
  });

  it('says that the connection stands, also while nothing changes', async () => {
    const leo = await as('leo');
    await until(async () => leo.beats() >= 3, 'heartbeats');
  });

  it('says that something may have been missed when the database was away', async () => {
    const leo = await as('leo');
    await here.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await until(async () => leo.told.some(({ event }) => event === 'missed'), 'it is said');
    const { id } = await waitingCase(here.pool, 'afterwards');
    await claim(id, 'leo');
    assert.equal((await leo.hears('handoff.claimed')).handoffId, id);
  });

  it('tells those who follow through another process', async () => {
    const other = await world({ pool: here.pool });
    const leo = await follow(other.api.url, await other.api.identity!.tokenFor('leo'));
    const { id } = await waitingCase(here.pool, 'elsewhere');
    await claim(id, 'leo');
    assert.equal((await leo.hears('handoff.claimed')).handoffId, id);
    await other.close();
    await until(async () => leo.isOver(), 'a process that closes ends it');
  });

  it('keeps no place for a page that left while it was looked up', async () => {
    const token = await here.api.identity!.tokenFor('fergus');
    const { hostname, port } = new URL(here.api.url);
    const leave = async () => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(`GET /changes HTTP/1.1\r\nhost: here\r\nauthorization: Bearer ${token}\r\n\r\n`);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 6));
      socket.destroy();
    };
    for (let n = 0; n < 20; n++) await Promise.all([leave(), leave(), leave()]);
    await until(async () => (await here.call('GET', '/changes', { as: 'fergus' })).status === 200, 'there is room');
  });

  it('takes ten pages of one person, and keeps nobody else out by that', async () => {
    for (let n = 0; n < 10; n++) assert.equal((await as('otto')).status, 200);
    const refused = await here.call('GET', '/changes', { as: 'otto' });
    assert.deepEqual([refused.status, refused.body.code], [429, 'too-many-requests']);
    assert.equal((await as('leo')).status, 200);
    following.splice(0).forEach((one) => one.leave());
    await until(async () => (await here.call('GET', '/changes', { as: 'otto' })).status === 200, 'there is room again');
  });
});
