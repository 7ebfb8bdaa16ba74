import assert from 'node:assert/strict';
import { createSystems, SystemRefused, SystemUnavailable, type Systems } from '../../systems/client.ts';
import { database } from '../harness.ts';
import { type SandboxProcess, sandboxProcess } from './sandbox-process.ts';
import { type ScimServer, scimServerOrSkip } from './scim-server.ts';

const options = { timeoutMs: 3_000 };
const membership = { employeeId: 'E-1', roleId: 'reports-reader' };
const add = 'directory.addMember';
const remove = 'directory.removeMember';

/** What is asked of any directory over SCIM. */
function aDirectory(systems: () => Systems, members: () => Promise<string[]>) {
  const held = async (employeeId: string) =>
    (await systems().read('directory.membershipsOf', { employeeId }, options)).data as { roleIds: string[] } | null;

  it('says which groups somebody is in, and that nobody is in none', async () => {
    assert.deepEqual((await held('E-1'))?.roleIds, []);
    assert.equal(await held('E-2'), null);
  });

  it('puts somebody into a group once, however often it is told, and takes them out again', async () => {
    await systems().write(add, 'a-1', membership, options);
    const result = await systems().write(add, 'a-1', membership, options);
    assert.deepEqual((await held('E-1'))?.roleIds, ['reports-reader']);
    assert.deepEqual(await members(), ['E-1']);
    assert.equal((await systems().outcomeOf(add, 'a-1', membership, options)).state, 'applied');
    await systems().write(remove, 'a-1/undo', { input: membership, result }, options);
    await systems().write(remove, 'a-1/undo', { input: membership, result }, options);
    assert.deepEqual(await members(), []);
    const undone = { input: membership, result };
    assert.equal((await systems().outcomeOf(remove, 'a-1/undo', undone, options)).state, 'applied');
    assert.equal((await systems().outcomeOf(add, 'a-1', membership, options)).state, 'none');
  });

  it('takes nothing back of what changed nothing', async () => {
    const stateOf = async (operation: string, key: string, input: unknown) =>
      (await systems().outcomeOf(operation, key, input, options)).state;
    for (const [does, undoes, before] of [
      [add, remove, ['E-1']],
      [remove, add, []],
    ] as const) {
      const first = await systems().write(does, `n-1-${does}`, membership, options);
      const second = await systems().write(does, `n-2-${does}`, membership, options);
      assert.deepEqual(
        [first, second].map((result) => (result as { changed: boolean }).changed),
        [true, false],
      );
      assert.equal(await stateOf(does, `n-2-${does}`, membership), 'applied');
      assert.equal(await stateOf(undoes, `n-2-${does}/undo`, { input: membership, result: second }), 'applied');
      await systems().write(undoes, `n-2-${does}/undo`, { input: membership, result: second }, options);
      assert.deepEqual(await members(), before);
    }
  });

  it('is changed by one of several that want the same at once', async () => {
    for (const operation of [add, remove]) {
      const write = (n: number) => systems().write(operation, `s-${n}-${operation}`, membership, options);
      const results = (await Promise.all([1, 2, 3].map(write))) as { changed: boolean }[];
      assert.equal(results.filter(({ changed }) => changed).length, 1, operation);
    }
  });

  it('does not tell of a write that nobody noted whether it was so before', async () => {
    assert.equal((await systems().outcomeOf(remove, 'u-1', membership, options)).state, 'unknown');
    assert.equal((await systems().outcomeOf(add, 'u-2', membership, options)).state, 'none');
  });

  it('refuses a user or a group that it does not have, and takes neither out of the other', async () => {
    for (const [unknown, code] of [
      [{ ...membership, employeeId: 'E-2' }, 'user-unknown'],
      [{ ...membership, roleId: 'nothing' }, 'group-unknown'],
    ] as const) {
      const refused = await systems()
        .write(add, `b-${code}`, unknown, options)
        .catch((error: unknown) => error);
      assert.ok(refused instanceof SystemRefused && refused.code === code, String(refused));
      await systems().write(remove, `c-${code}`, unknown, options);
    }
  });

  it('is asked for exactly one name, whatever stands in it', async () => {
    for (const name of ['E-2" or userName pr or userName eq "E-1', '\\" or "', 'E-1 '])
      assert.equal(await held(name), null, name);
  });
}

describe('the directory of the sandbox, over SCIM 2.0', () => {
  let sandbox: SandboxProcess;
  let systems: Systems;
  const group = { displayName: membership.roleId, members: [] as string[] };
  before(async () => {
    sandbox = await sandboxProcess(await database());
    systems = createSystems({ baseUrl: sandbox.url });
    const users = [{ userName: 'E-1', active: true }];
    await sandbox.send('PUT', '/_records', { directory: { users, groups: [group] } });
  });
  after(() => sandbox?.stop());

  aDirectory(
    () => systems,
    async () => (await sandbox.get('/_records')).directory.groups[0].members,
  );

  it('journals what it did under the declared names, once for each key', async () => {
    const journal = await sandbox.get<{ operation: string; key: string; body: unknown }[]>('/_journal');
    assert.deepEqual(
      journal.slice(0, 2).map(({ operation, key, body }) => ({ operation, key, body })),
      [
        { operation: add, key: 'a-1', body: membership },
        { operation: remove, key: 'a-1/undo', body: membership },
      ],
    );
  });

  it('whose answer is lost may have written, which is read back', async () => {
    await sandbox.send('POST', '/_faults', { operation: add, mode: 'lose-reply', times: 1 });
    const lost = await systems.write(add, 'l-1', membership, options).catch((error: unknown) => error);
    assert.ok(lost instanceof SystemUnavailable && lost.mayHaveApplied);
    const { groupId } = (await systems.write(add, 'l-2', membership, options)) as { groupId: string };
    for (const [key, changed] of [
      ['l-1', true],
      ['l-2', false],
    ] as const) {
      const outcome = await systems.outcomeOf(add, key, membership, options);
      assert.deepEqual(outcome, { state: 'applied', result: { groupId, changed } });
    }
  });

  it('whose outage a change by others outlasts did not make it', async () => {
    await systems.write(remove, 'o-0', membership, options);
    await sandbox.send('POST', '/_faults', { operation: add, mode: 'unavailable', times: 1 });
    const away = await systems.write(add, 'o-1', membership, options).catch((error: unknown) => error);
    assert.ok(away instanceof SystemUnavailable && !away.mayHaveApplied, String(away));
    await systems.write(add, 'o-2', membership, options);
    assert.equal(((await systems.write(add, 'o-1', membership, options)) as { changed: boolean }).changed, false);
  });

  describe('knows its users and groups by their names', () => {
    const scim = () => `${sandbox.url}/directory/scim/v2`;
    const found = async (path: string) => {
      const answer = await fetch(scim() + path);
      const { Resources } = (await answer.json()) as { Resources: any[] };
      return Resources.map((one) => one.userName ?? one.displayName);
    };
    const filter = (text: string) => `?filter=${encodeURIComponent(text)}`;

    for (const [path, names] of [
      [`/Users${filter('userName eq "e-1"')}`, ['E-1']],
      [`/Users${filter('USERNAME EQ "E-1"')}`, ['E-1']],
      [`/Users${filter('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "E-1"')}`, ['E-1']],
      [`/Groups${filter('displayname eq "Reports-READER"')}`, ['reports-reader']],
      ['/Groups', ['reports-reader']],
      [`/Users${filter('userName eq "E-1 "')}`, []],
    ] as const)
      it(`GET ${decodeURIComponent(path)}`, async () => assert.deepEqual(await found(path), names));

    for (const wrong of ['userName eq "a" or userName pr', 'userName eq "\\q"', 'userName sw "E"', 'x'])
      it(`and refuses ${wrong}`, async () =>
        assert.equal((await fetch(`${scim()}/Users${filter(wrong)}`)).status, 400));

    for (const [op, path, member] of [
      ['Add', 'members', true],
      ['REMOVE', 'members[value eq "RS0x"]', false],
      ['add', 'urn:ietf:params:scim:schemas:core:2.0:Group:members', true],
      ['Remove', 'Members[VALUE eq "RS0x"]', false],
    ] as const)
      it(`and changes them by ${op} of ${path}`, async () => {
        const value = op.toLowerCase() === 'add' ? { value: [{ value: 'RS0x' }] } : {};
        const body = {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op, path, ...value }],
        };
        const id = Buffer.from(membership.roleId).toString('base64url');
        const headers = { 'content-type': 'application/scim+json', 'idempotency-key': crypto.randomUUID() };
        const answer = await fetch(`${scim()}/Groups/${id}`, { method: 'PATCH', headers, body: JSON.stringify(body) });
        assert.equal(answer.status, 204, await answer.text());
        assert.equal((await held()).includes('E-1'), member);
      });
    const held = async () => (await sandbox.get('/_records')).directory.groups[0].members as string[];

    it('whose user is active where nothing else is said', async () => {
      const users = [{ userName: 'E-7', active: null }];
      await sandbox.send('POST', '/_records', { directory: { users } });
      const { data } = await systems.read('directory.membershipsOf', { employeeId: 'e-7' }, options);
      assert.deepEqual(data, { employeeId: 'e-7', active: true, roleIds: [] });
    });
  });

  it('answers errors by the schema of SCIM', async () => {
    const answer = await fetch(`${sandbox.url}/directory/scim/v2/Users?filter=title%20pr`);
    assert.equal(answer.status, 400);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/scim\+json/);
    const { schemas, scimType, status } = (await answer.json()) as Record<string, unknown>;
    assert.deepEqual(schemas, ['urn:ietf:params:scim:api:messages:2.0:Error']);
    assert.deepEqual([scimType, status], ['invalidFilter', '400']);
  });
});

describe('a directory of others, over SCIM 2.0', () => {
  let directory: ScimServer;
  let systems: Systems;
  before(async function () {
    directory = await scimServerOrSkip(this);
    systems = createSystems({
      baseUrl: 'http://127.0.0.1:1',
      scim: { baseUrl: directory.url, token: directory.token },
    });
    await directory.create('Users', { userName: 'E-1' });
    await directory.create('Groups', { displayName: membership.roleId });
  });
  after(() => directory?.stop());

  aDirectory(
    () => systems,
    () => directory.members(membership.roleId),
  );

  it('refuses whoever has no token', async () => {
    const stranger = createSystems({ baseUrl: 'http://127.0.0.1:1', scim: { baseUrl: directory.url } });
    const refused = await stranger
      .read('directory.membershipsOf', { employeeId: 'E-1' }, options)
      .catch((error: unknown) => error);
    assert.ok(refused instanceof SystemRefused, String(refused));
  });
});
