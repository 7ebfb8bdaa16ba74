import assert from 'node:assert/strict';
import { database } from '../harness.ts';
import { type SandboxProcess, sandboxProcess } from './sandbox-process.ts';

describe("an insurer's systems in the sandbox", () => {
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await sandboxProcess(await database());
  });
  after(() => sandbox?.stop());

  const claimId = 'FN-1';
  const pay = { claimId, payee: 'Ida Holm', amount: 350_037, currency: 'USD' };

  it('stop a payment as long as it has not cleared', async () => {
    await sandbox.send('PUT', '/_records', {});
    const { result } = (await sandbox.write('disbursements.pay', 'k', pay)).body;
    const payment = { ...pay, paymentId: result.paymentId };
    await sandbox.send('POST', '/_records', { disbursements: { payments: [{ ...payment, status: 'cleared' }] } });
    const late = await sandbox.write('disbursements.stop', 'k/undo', { input: pay, result });
    assert.deepEqual([late.status, late.body.code], [422, 'payment-cleared']);
    await sandbox.send('POST', '/_records', { disbursements: { payments: [{ ...payment, status: 'issued' }] } });
    assert.equal((await sandbox.write('disbursements.stop', 'k/undo-2', { input: pay, result })).status, 200);
    const again = await sandbox.write('disbursements.stop', 'k/undo-3', { input: pay, result });
    assert.equal(again.body.code, 'payment-unknown');
  });

  it('pay nothing that is nothing', async () => {
    assert.equal((await sandbox.write('disbursements.pay', 'nothing', { ...pay, amount: 0 })).status, 400);
  });

  it('restore a reserve to what it was, unless somebody has changed it since', async () => {
    const before = { claimId, reserve: 10_000, currency: 'USD' };
    const input = { ...before, reserve: 450_037 };
    await sandbox.send('PUT', '/_records', { claims: { reserves: [before] } });
    const { result } = (await sandbox.write('claims.setReserve', 'k', input)).body;
    assert.deepEqual(result, { before: 10_000 });
    await sandbox.write('claims.setReserve', 'k2', { ...before, reserve: 600_000 });
    const undo = await sandbox.write('claims.restoreReserve', 'k/undo', { input, result });
    assert.deepEqual([undo.status, undo.body.code], [422, 'reserve-changed']);
  });

  it('screen names whole, without regard to case', async () => {
    const entry = { entryId: 'S-1', name: 'Émile Östrand', list: 'OFAC SDN' };
    await sandbox.send('PUT', '/_records', { sanctions: { entries: [entry] } });
    const hits = async (name: string) => (await sandbox.read('sanctions.screen', { name })).body.data.hits;
    assert.deepEqual(await hits('ÉMILE ÖSTRAND'), [entry]);
    for (const name of ['Emile Ostrand', 'Émile', ' Émile Östrand', '']) assert.deepEqual(await hits(name), [], name);
  });
});
