import assert from 'node:assert/strict';
import { lines, invoice, order, receipt, request, vendor } from './payable-exception/good-invoice.ts';
import { payablesWorld, type PayablesWorld } from './payable-exception/world.ts';

const drills = lines[0]!;
/** About 998.00, of an order that has room for eight of them; each of another amount, so that none is a duplicate. */
const split = (n: number, more: object = {}, poNumber: string | null = 'PO-700') => {
  const billed = [{ ...drills, unitPrice: '1.00', quantity: String(831 + n) }];
  return request(invoice(billed, { invoiceNumber: `B-${n}`, poNumber, ...more }));
};
const orderOf = (poNumber: string, more: object = {}) => ({
  ...{ ...order, poNumber, ...more },
  lines: [{ ...order.lines[0]!, unitPrice: '1.00', quantity: '10000' }],
});
const receiptOf = (poNumber: string) => ({
  ...{ ...receipt, receiptId: `GR-${poNumber}`, poNumber },
  lines: [{ poLineNo: '1', quantity: '10000' }],
});
const numbers = ['PO-700', 'PO-701', 'PO-702', 'PO-703'];

describe('invoices that are split', function () {
  this.timeout(120_000);
  let world: PayablesWorld;
  before(async () => void (world = await payablesWorld()));
  after(() => world?.close());
  beforeEach(() =>
    world.seed({
      vendors: [vendor, { ...vendor, vendorId: 'V-2', vatId: 'DE999' }],
      orders: [...numbers.map((number) => orderOf(number)), orderOf('PO-800', { vendorId: 'V-2' })],
      receipts: [...numbers, 'PO-800'].map(receiptOf),
    }),
  );

  /** Who releases it: nobody, or the queue that is asked. */
  const releasedBy = async (caseId: string): Promise<string> => {
    for (;;) {
      const [asked] = await world.open(caseId);
      if (asked) return asked.name === 'release' ? asked.owner : `${asked.owner}, ${asked.packet.rule}`;
      if ((await world.find(caseId))?.closedAt) return 'a rule';
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const inTurn = async (requests: { messageId: string }[]) => {
    const released: string[] = [];
    for (const one of requests) released.push(await releasedBy(await world.begin(one)));
    return released;
  };

  it('are taken for one: of eight of 998 on one order the manager has all but the first', async () => {
    const eight = Array.from({ length: 8 }, (_, n) => split(n));
    assert.deepEqual(await inTurn(eight), ['a rule', ...Array(7).fill('ap-managers')]);
    assert.equal((await world.operations()).filter((operation) => operation === 'payables.post').length, 1);
  });

  it('are taken for one when they come at the same moment, whatever their own clocks say', async () => {
    const eight = Array.from({ length: 8 }, (_, n) => world.begin(split(n), `20${20 + n}-05-21T09:00:00Z`));
    const released = await Promise.all((await Promise.all(eight)).map(releasedBy));
    assert.deepEqual(released.toSorted(), ['a rule', ...Array(7).fill('ap-managers')]);
  });

  it('go to the controller once they come to what a manager may not release', async () => {
    const large = split(0, {}, 'PO-700');
    large.invoice = invoice([{ ...drills, unitPrice: '1.00', quantity: '8000' }], { invoiceNumber: 'B-L' });
    assert.deepEqual(await inTurn([large, split(1)]), ['ap-managers', 'controllers']);
  });

  it('over several orders of one supplier are taken for one on the same day', async () => {
    assert.deepEqual(await inTurn([split(0), split(1, {}, 'PO-701')]), ['a rule', 'ap-managers']);
  });

  it('of another supplier are no part of it', async () => {
    const other = { ...split(1, {}, 'PO-800'), supplier: { vatId: 'DE999', name: vendor.name } };
    assert.deepEqual(await inTurn([split(0), other]), ['a rule', 'a rule']);
  });

  it('are one order’s and one supplier’s however the sender spells them', async () => {
    const spelled = { ...split(1, {}, ' po-700'), supplier: { vatId: 'de 100 200 300', name: 'B. Werkzeuge' } };
    assert.deepEqual(await inTurn([split(0), spelled]), ['a rule', 'ap-managers']);
  });

  it('count as long as they stand: one that was cancelled in time does not', async () => {
    const first = await world.begin(split(0, { iban: 'DE75512108001245126199' }));
    await world.asked(first);
    await world.cancel(first);
    await world.closed(first);
    assert.deepEqual(await inTurn([split(1)]), ['a rule']);
  });

  it('count once a person has released them', async () => {
    await world.closed(await world.begin(split(0)));
    const second = await world.begin(split(1));
    const [asked] = await world.asked(second);
    assert.equal(await world.answer(asked!, 'anke'), '200');
    await world.closed(second);
    assert.deepEqual(await inTurn([split(2)]), ['ap-managers']);
  });
});
