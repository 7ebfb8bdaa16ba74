import assert from 'node:assert/strict';
import { database } from '../harness.ts';
import { earlier, invoice, records, vendor } from '../workflows/payable-exception/good-invoice.ts';
import { type SandboxProcess, sandboxProcess } from './sandbox-process.ts';

describe('the ledger of payables in the sandbox', () => {
  let sandbox: SandboxProcess;
  before(async () => void (sandbox = await sandboxProcess(await database())));
  after(() => sandbox?.stop());
  beforeEach(() => sandbox.send('PUT', '/_records', records({ invoices: [earlier] })));

  const { invoiceNumber, issueDate, dueDate, poNumber, currency, net, tax, gross, iban: payTo, lines } = invoice();
  const entry = {
    ...{ vendorId: 'V-1', invoiceNumber, issueDate, dueDate, poNumber, currency, net, tax, gross, payTo },
    lines: lines.map(({ poLineNo, quantity, amount }) => ({ poLineNo, quantity, amount })),
  };
  const read = async (operation: string, by: object) => (await sandbox.read(operation, by)).body.data;
  const codeOf = async (call: Promise<{ status: number; body: any }>) => (await call).body.code;

  it('finds what looks like an invoice, by its number in any spelling or by its amount, each once', async () => {
    const similar = async (number: string, amount: number) =>
      (await read('payables.similar', { vendorId: 'V-1', invoiceNumber: number, currency, gross: amount })).length;
    assert.equal(await similar('00b/1', 1), 1);
    assert.equal(await similar('B-2', earlier.gross), 1);
    assert.equal(await similar('B-1', earlier.gross), 1);
    assert.equal(await similar('B-2', 1), 0);
  });

  it('posts an invoice once, for a vendor it knows, and counts it on the order', async () => {
    assert.equal((await sandbox.write('payables.post', 'k-1', entry)).status, 200);
    assert.equal(await codeOf(sandbox.write('payables.post', 'k-2', entry)), 'already-posted');
    assert.equal(await codeOf(sandbox.write('payables.post', 'k-3', { ...entry, vendorId: 'V-9' })), 'vendor-unknown');
    const order = await read('purchasing.order', { poNumber: 'PO-700' });
    const billed = order.lines.map(({ alreadyInvoiced }: { alreadyInvoiced: string }) => alreadyInvoiced);
    assert.deepEqual(billed, ['100', '20']);
  });

  it('releases a block only of the invoice that it is on', async () => {
    const of = { vendorId: 'V-1', invoiceNumber };
    const { body } = await sandbox.write('payables.block', 'k-4', { ...of, exception: 'price-variance' });
    const { blockId } = body.result;
    const release = (key: string, more: object) => sandbox.write('payables.release', key, { ...of, blockId, ...more });
    assert.equal(await codeOf(release('k-5', { invoiceNumber: 'B-9' })), 'another-invoice');
    assert.equal(await codeOf(release('k-6', { blockId: 'BLK-0' })), 'payment-block-unknown');
    assert.equal((await release('k-7', {})).status, 200);
  });

  it('knows a vendor by its VAT number, however it is written, and nobody by none', async () => {
    const found = async (vatId: string) => (await read('vendors.byVatId', { vatId }))?.vendorId;
    assert.equal(await found('de 100 200 300'), vendor.vendorId);
    assert.equal(await found(''), undefined);
    assert.equal(await found('DE999999999'), undefined);
    await sandbox.send('POST', '/_records', { vendors: { vendors: [{ ...vendor, vendorId: 'V-2' }] } });
    assert.equal(await found(vendor.vatId), undefined, 'two of them are nobody in particular');
  });
});
