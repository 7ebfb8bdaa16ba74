import { saveHistory } from '../save-history.ts';
import { earlier, invoice, lines, receipt, request, withLine } from './good-invoice.ts';
import { payablesWorld, type PayablesWorld } from './world.ts';

/** Records the paths of an invoice for test/workflows/replay.test.ts, which replays them; only for a process without open cases. */
if (process.env['RECORD_HISTORIES']) {
  describe('the histories of invoices', function () {
    this.timeout(120_000);
    let world: PayablesWorld;
    before(async () => void (world = await payablesWorld()));
    after(() => world?.close());

    const dear = (unitPrice: string, more: object = {}) => request(invoice(withLine('1', { unitPrice }), more));
    const says =
      (name: string, as: string, decision: object = {}) =>
      async (caseId: string) => {
        for (;;) {
          const found = (await world.open(caseId)).find((one) => one.name === name);
          if (found && (await world.answer(found, as, decision)) === '200') return;
        }
      };
    const writes = (message: string) => ({ amend: { message } });
    const no = { verdict: 'rejected', because: 'no' };
    const supplierSays = (answer: string) => async (caseId: string) => {
      await world.awaits(caseId, 'supplierAnswer');
      const of = { vendorId: 'V-1', invoiceNumber: 'B-2026-17' };
      await world.send('supplierAnswer', { ...of, answer, message: 'As said.' });
    };
    const goods = async (caseId: string) => {
      await world.awaits(caseId, 'goodsReceipt');
      await world.add({ receiving: { receipts: [receipt] } });
      await world.send('goodsReceipt', { poNumber: 'PO-700', receiptId: 'GR-1' });
    };
    const givenBack = async (caseId: string) => {
      const [asked] = await world.asked(caseId);
      await world.add({ receiving: { receipts: [receipt] } });
      await world.giveBack(asked!, 'ravi', 'booked now');
    };
    const short = { receipts: [{ ...receipt, lines: [{ poLineNo: '1', quantity: '90' }, receipt.lines[1]!] }] };
    const unnamed = request(invoice(lines, { poNumber: null }));

    type Seed = Parameters<PayablesWorld['seed']>[0];
    const paths: Record<string, [Seed, { messageId: string }, ...((caseId: string) => Promise<unknown>)[]]> = {
      'straight-through': [{}, request()],
      duplicate: [{ invoices: [{ ...earlier, invoiceNumber: 'B-2026-17' }] }, request()],
      parked: [{ receipts: [] }, request(), goods],
      returned: [short, request(), givenBack],
      'two-exceptions': [
        {},
        dear('9', { iban: 'DE75512108001245126199' }),
        says('hold', 'theo'),
        says('hold', 'paul'),
        says('release', 'anke'),
      ],
      'two-people': [{}, dear('2000'), says('hold', 'paul'), says('release', 'hugo'), says('countersign', 'carla')],
      'credit-requested': [{}, dear('9'), says('hold', 'paul', no), says('reply', 'paul')],
      'reply-rewritten': [
        {},
        dear('9'),
        says('hold', 'paul', no),
        says('reply', 'paul', writes('Please see www.prices.example.')),
        says('reply', 'paul', writes('Please credit invoice B-2026-17.')),
      ],
      withdrawn: [
        {},
        unnamed,
        says('hold', 'pavel', no),
        says('reply', 'pavel'),
        supplierSays('explained'),
        says('hold', 'pavel', no),
        says('reply', 'pavel'),
        supplierSays('withdrawn'),
      ],
      'release-refused': [{}, dear('9'), says('hold', 'paul'), says('release', 'anke', no), says('reply', 'pavel', no)],
      cancelled: [{}, dear('9'), (caseId) => world.asked(caseId).then(() => world.cancel(caseId))],
    };

    for (const [name, [seed, sent, ...then]] of Object.entries(paths)) {
      it(name, async () => {
        await world.seed(seed);
        const workflowId = await world.begin(sent);
        for (const step of then) await step(workflowId);
        await world.closed(workflowId);
        await saveHistory(world.client, `payable-exception-${name}`, workflowId);
      });
    }
  });
}
