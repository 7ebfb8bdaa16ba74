import assert from 'node:assert/strict';
import { createSystems, SystemRefused, SystemUnavailable, type Systems } from '../../systems/client.ts';
import { aDirectory, type Directory, type Ways } from './scim-directory.ts';

const options = { timeoutMs: 3_000 };
const add = 'directory.addMember';
const remove = 'directory.removeMember';

const people = { 'E-1': {}, 'E-2': {} };
const groups = () => ({ readers: ['E-1'], clerks: ['E-2'], Editors: ['E-1', 'E-2'], empty: [] as string[] });

/** What a directory says may be spelled otherwise all over. */
const renamed = (rename: (name: string) => string) => {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [rename(name), walk(held)]));
  };
  return walk;
};
const withEach =
  (change: (resource: any) => object) =>
  ({ Resources, ...page }: { Resources?: object[] }) =>
    Resources ? { ...page, Resources: Resources.map(change) } : page;

describe('a directory over SCIM 2.0', () => {
  let running: Directory[] = [];
  afterEach(() => {
    for (const directory of running) directory.stop();
    running = [];
  });

  async function over(ways: Ways) {
    const directory = await aDirectory({ users: people, groups: groups(), ...ways });
    running.push(directory);
    const systems = createSystems({ baseUrl: 'http://127.0.0.1:1', scim: { baseUrl: directory.url, token: 't' } });
    return { ...directory, systems };
  }
  const held = async (systems: Systems, employeeId: string) =>
    (await systems.read('directory.membershipsOf', { employeeId }, options)).data as any;
  const error = (call: Promise<unknown>) => call.catch((thrown: unknown) => thrown);

  for (const [what, ways] of Object.entries<Ways>({
    'that filters by members': {},
    'that refuses to filter by members, and says of a user which groups they are in': {
      ...{ memberFilter: 'refused', userGroups: true, showsMembers: false },
    },
    'that refuses to filter by members, and shows them': { memberFilter: 'refused' },
    'that has not implemented the filter': { memberFilter: 'unimplemented' },
    'that answers a filter by members with all groups': { memberFilter: 'ignored' },
    'that shows no members, and is asked one group at a time': {
      ...{ memberFilter: 'one group at a time', showsMembers: false },
    },
    'that leaves no attribute out': { wholeOnly: true },
    'that leaves no attribute out, shows no members, and is asked one group at a time': {
      ...{ wholeOnly: true, memberFilter: 'one group at a time', showsMembers: false },
    },
    'that refuses every filter': { memberFilter: 'refused', nameFilter: 'refused' },
    'that looks at no filter': { memberFilter: 'ignored', nameFilter: 'ignored' },
    'that gives one resource at a time': { mostAtOnce: 1 },
    'that gives one resource at a time and looks at no filter': {
      ...{ mostAtOnce: 1, memberFilter: 'ignored', nameFilter: 'ignored' },
    },
    'that leaves out the total': { answers: ({ totalResults: _, ...page }) => page },
    'that writes its attributes in small letters': { answers: renamed((name) => name.toLowerCase()) },
    'that writes its attributes in capitals': { answers: renamed((name) => name.toUpperCase()) },
    'that names the schema before each attribute': {
      answers: renamed((name) =>
        ['userName', 'displayName', 'active', 'members'].includes(name)
          ? `urn:ietf:params:scim:schemas:core:2.0:${name === 'userName' || name === 'active' ? 'User' : 'Group'}:${name}`
          : name,
      ),
    },
    'that sends null for what has no value': {
      answers: withEach((resource) => ({ ...{ active: null, groups: null, meta: null, schemas: null }, ...resource })),
    },
    'that has versions': { versions: { stale: 0 } },
    'whose groups two others change meanwhile': { versions: { stale: 2 } },
    'that refuses to add who is there already': { noChange: { status: 409, body: { scimType: 'uniqueness' } } },
    'that says 400 to a change that changes nothing': { noChange: { status: 400, body: { scimType: 'noTarget' } } },
    'that says 404 to a change that changes nothing': { noChange: { status: 404 } },
    'that answers a change with 200 and nothing': { noChange: { status: 200 } },
  })) {
    it(`${what} says who is in which group, and takes people in and out`, async () => {
      const { systems, members } = await over(ways);
      assert.deepEqual(await held(systems, 'e-1'), {
        employeeId: 'e-1',
        active: true,
        roleIds: ['readers', 'Editors'],
      });
      assert.equal(await held(systems, 'E-3'), null);
      for (const roleId of ['CLERKS', 'editors']) {
        const membership = { employeeId: 'e-1', roleId };
        for (const key of ['a', 'b']) await systems.write(add, `${key}-${roleId}`, membership, options);
        assert.equal((await systems.outcomeOf(add, `a-${roleId}`, membership, options)).state, 'applied');
        assert.deepEqual(await held(systems, 'E-1').then(({ roleIds }) => roleIds.includes('clerks')), true);
      }
      assert.deepEqual(members('clerks').toSorted(), ['E-1', 'E-2']);
      for (const roleId of ['Clerks', 'EDITORS', 'empty']) {
        const membership = { employeeId: 'E-1', roleId };
        for (const key of ['c', 'd']) await systems.write(remove, `${key}-${roleId}`, membership, options);
        assert.equal((await systems.outcomeOf(remove, `c-${roleId}`, membership, options)).state, 'applied');
      }
      assert.deepEqual([members('clerks'), members('Editors')], [['E-2'], ['E-2']]);
    });
  }

  for (const [said, active] of [
    [null, true],
    [undefined, true],
    [true, true],
    [false, false],
    ['True', true],
    ['False', false],
  ] as const)
    it(`that says ${JSON.stringify(said)} of whether a user is active means ${active}`, async () => {
      const { systems } = await over({ users: { 'E-1': { active: said } }, groups: {} });
      assert.deepEqual(await held(systems, 'E-1'), { employeeId: 'E-1', active, roleIds: [] });
    });

  for (const empty of [{ totalResults: 0, Resources: null }, { totalResults: 0 }, { totalResults: 0, Resources: [] }])
    it(`that says ${JSON.stringify(empty)} has nobody of that name`, async () => {
      const { systems } = await over({ answers: () => empty });
      assert.equal(await held(systems, 'E-1'), null);
    });

  for (const [what, answers] of [
    ['groups without members', withEach(({ members: _, ...group }) => group)],
    ['groups whose members are null', withEach((group) => ({ ...group, members: null }))],
    ['a group without a name', withEach((group) => ({ ...group, displayName: null }))],
  ] as const)
    it(`that has ${what} and no filter has nobody in them`, async () => {
      const { systems } = await over({ memberFilter: 'refused', groups: { readers: [] }, answers });
      assert.deepEqual((await held(systems, 'E-1')).roleIds, []);
    });

  it('that names a group of a user that is gone says the others', async () => {
    const own = [{ value: `id-${Buffer.from('gone').toString('hex')}` }, { value: null }];
    const { systems } = await over({
      ...{ memberFilter: 'refused', userGroups: true },
      answers: withEach(({ groups: known = [], ...user }) => ({ ...user, groups: [...own, ...known] })),
    });
    assert.deepEqual((await held(systems, 'E-1')).roleIds, ['readers', 'Editors']);
  });

  it('is not asked to change a group that was changed since it was read', async () => {
    const { systems, requests } = await over({ versions: { stale: 0 } });
    await systems.write(add, 'k', { employeeId: 'E-1', roleId: 'clerks' }, options);
    const { headers, body } = requests.find(({ line }) => line.startsWith('PATCH'))!;
    assert.equal(headers['if-match'], 'W/"1"');
    assert.match(String(headers['content-type']), /^application\/scim\+json/);
    assert.match(String(headers.accept), /^application\/scim\+json/);
    assert.deepEqual(body.schemas, ['urn:ietf:params:scim:api:messages:2.0:PatchOp']);
  });

  it('whose group others change all the time is busy, and nothing was written', async () => {
    const { systems, members } = await over({ versions: { stale: 1_000 } });
    const thrown = await error(systems.write(add, 'k', { employeeId: 'E-1', roleId: 'clerks' }, options));
    assert.ok(thrown instanceof SystemUnavailable && !thrown.mayHaveApplied, String(thrown));
    assert.deepEqual(members('clerks'), ['E-2']);
  });

  for (const [refuses, code] of [
    [{ status: 409, body: { scimType: 'uniqueness', detail: 'no' } }, 'uniqueness'],
    [{ status: 400, body: { scimType: null, status: '400' } }, 'http-400'],
    [{ status: 403 }, 'http-403'],
  ] as const)
    it(`that refuses a change with ${refuses.status} and has not made it has refused it`, async () => {
      const { systems } = await over({ refuses });
      for (const [operation, roleId] of [
        [add, 'clerks'],
        [remove, 'readers'],
      ] as const) {
        const thrown = await error(systems.write(operation, `k-${roleId}`, { employeeId: 'E-1', roleId }, options));
        assert.ok(thrown instanceof SystemRefused && thrown.code === code, String(thrown));
      }
    });

  it('knows names by every sign but the case: blanks count', async () => {
    const { systems } = await over({ nameFilter: 'ignored' });
    for (const name of ['E-1 ', ' E-1', 'E1', 'E-11']) assert.equal(await held(systems, name), null, name);
  });

  it('that has two groups of one name but for the case means the one that is spelled as asked, or none', async () => {
    const { systems, members } = await over({ groups: { Clerks: [], clerks: [] } });
    await systems.write(add, 'k', { employeeId: 'E-1', roleId: 'clerks' }, options);
    assert.deepEqual([members('Clerks'), members('clerks')], [[], ['E-1']]);
    const thrown = await error(systems.write(add, 'l', { employeeId: 'E-1', roleId: 'CLERKS' }, options));
    assert.ok(thrown instanceof SystemRefused && thrown.code === 'ambiguous', String(thrown));
  });

  it('is read in smaller pages where one page is too long', async () => {
    const long = 'x'.repeat(8_000);
    const { systems } = await over({
      ...{ memberFilter: 'refused', nameFilter: 'ignored', mostAtOnce: 100 },
      groups: Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`g-${n}`, n === 89 ? ['E-1'] : []])),
      answers: withEach((resource) => ({ ...resource, description: long })),
    });
    assert.deepEqual((await held(systems, 'E-1')).roleIds, ['g-89']);
  });
});
