import assert from 'node:assert/strict';
import { database } from '../harness.ts';
import { entered, leadId, mailbox, records } from '../workflows/lead-intake/good-world.ts';
import { type SandboxProcess, sandboxProcess } from './sandbox-process.ts';

describe("a sales department's systems in the sandbox", () => {
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await sandboxProcess(await database());
  });
  after(() => sandbox?.stop());

  const seed = (world: object) => sandbox.send('PUT', '/_records', world);
  const write = async (operation: string, key: string, input: unknown) => {
    const { status, body } = await sandbox.write(operation, key, input);
    return { status, result: body.result, code: body.code as string };
  };
  const read = async (operation: string, by: object) => (await sandbox.read(operation, by)).body.data;

  it('know an opt-out and a contact by their mailbox, however the address is written', async () => {
    await seed(records({ optOut: 'J.Doe+news@GoogleMail.com', contact: { email: ` <${mailbox.toUpperCase()}> ` } }));
    for (const email of ['jdoe@gmail.com', 'j.doe@googlemail.com', 'MAILTO:jdoe+x@gmail.com'])
      assert.deepEqual(await read('outreach.optOutOf', { email }), { optedOut: true }, email);
    for (const email of ['', 'doe@gmail.com', 'jdoe@mail.example'])
      assert.deepEqual(await read('outreach.optOutOf', { email }), { optedOut: false }, email);
    assert.deepEqual(await read('leads.contactOf', { email: mailbox }), { contactId: 'CO-1', owner: 'h.ahmed' });
    assert.equal(await read('leads.contactOf', { email: '' }), null);
  });

  it('name the account of a domain, and a deal only while it is open', async () => {
    await seed(records({ account: {}, registration: { open: false } }));
    assert.equal((await read('leads.accountOf', { domain: 'AHRENGLAS.example' })).owner, 'j.ortiz');
    assert.equal(await read('leads.accountOf', { domain: '' }), null);
    assert.equal(await read('partners.registrationOf', { domain: 'ahrenglas.example' }), null);
    await seed(records({ registration: {} }));
    assert.equal((await read('partners.registrationOf', { domain: 'ahrenglas.example' })).partner, 'Westland Partners');
  });

  it('say nothing of a representative they do not know', async () => {
    await seed(records({ representatives: [{ person: 'm.keller' }] }));
    const found = await read('staffing.availabilityOf', { people: ['l.brandt', 'm.keller'] });
    assert.deepEqual(found, [{ person: 'm.keller', openLeads: 0, capacity: 20, absentUntil: null }]);
  });

  it('take a lead in once', async () => {
    await seed(records());
    assert.equal((await write('leads.create', 'k1', entered)).status, 200);
    const again = await write('leads.create', 'k2', entered);
    assert.deepEqual([again.status, again.code], [422, 'lead-known']);
  });

  it('merge a lead without overwriting what the contact says, and restore it unless it has changed since', async () => {
    await seed(records({ contact: { firstName: null } }));
    const input = { ...entered, firstName: 'Hedda', lastName: 'Amann-Krog', contactId: 'CO-1' };
    const { result } = await write('leads.merge', 'k3', input);
    const { leads } = await sandbox.get<{ leads: { contacts: any[]; leads: any[] } }>('/_records');
    const { firstName, lastName, leadIds } = leads.contacts[0];
    assert.deepEqual([firstName, lastName, leadIds, leads.leads[0].owner], ['Hedda', 'Amann', [leadId], 'h.ahmed']);
    await sandbox.send('POST', '/_records', { leads: { contacts: [{ ...leads.contacts[0], owner: 'p.chen' }] } });
    const undo = await write('leads.restore', 'k3/undo', { input, result });
    assert.deepEqual([undo.status, undo.code], [422, 'moved-on']);
  });

  it('give a lead back to its earlier owner, unless somebody else has it since', async () => {
    await seed(records());
    await write('leads.create', 'k4', entered);
    const input = { leadId, owner: 'l.brandt' };
    const { result } = await write('leads.assign', 'k5', input);
    assert.deepEqual(result, { earlierOwner: null });
    await write('leads.assign', 'k6', { leadId, owner: 'm.keller' });
    const undo = await write('leads.restoreOwner', 'k5/undo', { input, result });
    assert.deepEqual([undo.status, undo.code], [422, 'moved-on']);
  });
});
