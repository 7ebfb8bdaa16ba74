import assert from 'node:assert/strict';
import { type ScimServer, scimServerOrSkip } from '../systems/scim-server.ts';
import { roleId } from './access-request/good-world.ts';
import { type AccessWorld, accessWorld } from './access-request/world.ts';

describe('a request for access, with a directory of others in the place of the sandbox’s', () => {
  let directory: ScimServer;
  let world: AccessWorld;
  before(async function () {
    directory = await scimServerOrSkip(this);
    process.env['SCIM_URL'] = directory.url;
    process.env['SCIM_TOKEN'] = directory.token;
    world = await accessWorld();
    await directory.create('Users', { userName: 'E-elsewhere' });
    await directory.create('Groups', { displayName: roleId });
  });
  after(async () => {
    delete process.env['SCIM_URL'];
    delete process.env['SCIM_TOKEN'];
    await world?.close();
    await directory?.stop();
  });

  const beneficiary = { employeeId: 'E-elsewhere' };
  const usual = { person: { ...beneficiary }, role: { jobCodes: ['A20'] } };

  it('is granted there, and revoked there when the person leaves', async () => {
    const caseId = await world.begin(usual, { beneficiary: 'E-elsewhere', days: 30 });
    await world.waitsFor(caseId, 'left');
    assert.deepEqual(await directory.members(roleId), ['E-elsewhere']);
    await world.comes(caseId, 'left', beneficiary);
    assert.equal((await world.closed(caseId)).outcome, 'revoked');
    assert.deepEqual(await directory.members(roleId), []);
    assert.deepEqual(await world.operations(caseId), ['accessRegister.enter', 'accessRegister.strike']);
  });

  it('is compensated there when the register refuses', async () => {
    await world.fault({ operation: 'accessRegister.enter', mode: 'refuse', times: 1 });
    const caseId = await world.begin(usual, { beneficiary: 'E-elsewhere' });
    assert.equal((await world.closed(caseId)).outcome, 'failed');
    assert.deepEqual(await directory.members(roleId), []);
  });
});
