import assert from 'node:assert/strict';
import { firstBroken } from '../../store/record.ts';
import { service } from '../harness.ts';
import { createWorld, until, type World } from '../world.ts';
import {
  apiProcess,
  approveUntilClosed,
  callerOf,
  closed,
  crowd,
  effectsOf,
  kinds,
  type Member,
  outcomes,
  send,
} from './crowd.ts';
import { doubled, workerProcess } from './errands.ts';

describe('many refunds', function () {
  this.timeout(150_000);
  let world: World;
  beforeEach(async () => {
    world = await createWorld({ idle: true });
  });
  afterEach(() => world?.close());

  /** Every case closed as it had to be, and the systems hold exactly what the outcomes say. */
  const allIsAsSaid = async (members: Member[]) => {
    const found = await outcomes(world);
    assert.equal(found.size, members.length);
    for (const { caseId, kind } of members) assert.equal(found.get(caseId), kinds[kind], caseId);
    const keys = (await world.journal()).map(({ key }) => key);
    assert.deepEqual(keys.toSorted(), members.flatMap(effectsOf).toSorted());
    for (const { caseId } of members) assert.equal(firstBroken(await world.record(caseId)), undefined);
  };

  it('200 at once, each sent three times: 200 cases, 200 outcomes, and the effects are what the outcomes say', async () => {
    const members = await crowd(world, 200);
    await world.setWorkers(await world.startWorkers());
    const api = await apiProcess(world);
    const call = callerOf(api.url);
    const answers = await Promise.all(members.flatMap((member) => [1, 2, 3].map(() => send(call, member))));
    assert.deepEqual(new Set(answers.map(({ caseId }) => caseId)).size, 200);
    const sure = members.filter(({ kind }) => kind !== 'large').length;
    await until(async () => (await closed(world)) === sure, 'all but the large ones are closed', 90_000);
    await approveUntilClosed(world, call, 200);
    await allIsAsSaid(members);
    await api.stop();
  });

  it('100, while worker, API, systems and model are each killed: all end, and nothing is done twice', async () => {
    const members = await crowd(world, 100);
    let worker = await workerProcess(world);
    let api = await apiProcess(world);
    const call = callerOf(api.url);
    const portOf = ({ url }: { url: string }) => new URL(url).port;
    const effects = (n: number) => until(async () => (await world.journal()).length >= n, `${n} effects`, 60_000);
    const asked: { key: string; at: string }[] = [];

    const first = Promise.all(members.slice(0, 50).map((member) => send(call, member)));
    await effects(10);
    await worker.kill();
    worker = await workerProcess(world);

    await effects(40);
    const second = Promise.all(members.slice(50).map((member) => send(call, member)));
    await api.kill();
    api = await apiProcess(world, Number(portOf(api)));
    await Promise.all([first, second]);

    await effects(80);
    await world.systems.kill();
    const systems = await service('systems/sandbox/main.ts', {
      DATABASE_URL: world.databaseUrl,
      PORT: portOf(world.systems),
    });

    asked.push(...((await world.asked()) as never[]));
    await world.model.kill();
    const model = await service('models/stand-in/main.ts', { PORT: portOf(world.model) });

    await approveUntilClosed(world, call, 100);
    asked.push(...((await world.asked()) as never[]));
    await allIsAsSaid(members);
    assert.deepEqual(await doubled(world), []);
    for (const { caseId } of members) {
      const answered = (await world.record(caseId)).filter(({ type }) => type === 'inference.answered');
      assert.equal(answered.length, 1, caseId);
      const late = asked.filter(({ key, at }) => key.startsWith(`${caseId}/`) && at > answered[0]!.at);
      assert.deepEqual(late, [], `${caseId} asked a model again what was answered`);
    }
    for (const part of [worker, api, systems, model]) await part.stop();
  });
});
