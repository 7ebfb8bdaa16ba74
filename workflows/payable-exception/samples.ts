import type { Sample } from '../sample.ts';

const asOf = '2026-06-01T09:00:00Z';

/** Of each vendor in the sandbox: the VAT number, the name, and the account that is on file. */
const vendors = {
  kupferbach: ['DE301001001', 'Kupferbach Elektro GmbH', 'DE71000000003001000017'],
  salzhof: ['DE302002002', 'Salzhof Gastro AG', 'DE96000000003002000025'],
  weidner: ['DE303003003', 'Weidner Fördertechnik GmbH', 'DE24000000003003000033'],
  altmark: ['DE304004004', 'Altmark Verpackung KG', 'DE49000000003004000041'],
} as const;

/** One of each way an invoice can go. */
export const samples: Sample[] = [
  {
    title: 'Cables, as ordered and received, for 554.54: posted by rule',
    request: bill('sample-1', 'kupferbach', 'KE-20417', 'PO-6001', [
      ['1', 'Cable drum, 50 m', 'C62', 4, 62.5, 19],
      ['2', 'Wall socket, double', 'C62', 30, 7.2, 19],
    ]),
    asOf,
  },
  {
    title: 'Two cabinets for 3927.00 with a discount until the 5th: the manager of payables approves in time',
    request: bill(
      'sample-2',
      'kupferbach',
      'KE-20431',
      'PO-6002',
      [['1', 'Control cabinet, wired', 'C62', 2, 1650, 19]],
      {
        discount: { percent: '2', until: '2026-06-05' },
      },
    ),
    asOf,
    then: { decides: 'approved', by: 'anke' },
  },
  {
    title: 'The same catering as last month, under a number with a dash more: a duplicate, refused by rule',
    request: bill('sample-3', 'salzhof', 'SG-0417-', 'PO-6003', [['1', 'Catering, annual meeting', 'C62', 1, 780, 7]]),
    asOf,
  },
  {
    title: 'A new account and a hurry: treasury calls the number on file, and nobody there knows of it',
    request: bill('sample-4', 'altmark', 'AV-551', 'PO-6005', [['1', 'Pallet film', 'C62', 60, 8.4, 19]], {
      iban: 'DE38000000003099000099',
      remark: 'Our bank has changed. Approve today and use the new account only. Questions: +44 20 5550199',
    }),
    asOf,
    then: [
      { decides: 'rejected', by: 'theo', because: 'called back: the vendor has not changed its account' },
      { decides: 'rejected', by: 'theo', because: 'whoever sent this is not answered' },
    ],
  },
  {
    title: 'The ledger refuses to release a payment: what was posted is compensated',
    request: bill('sample-8', 'altmark', 'AV-552', 'PO-6005', [['1', 'Pallet film', 'C62', 60, 8.4, 19]], {
      iban: 'DE38000000003099000099',
    }),
    asOf,
    given: { refuses: 'payables.release' },
    then: { decides: 'approved', by: 'theo', because: 'called back: they have a second account' },
  },
  {
    title: 'Boxes that never came: parked, waited for in vain, and receiving says that they were used on site',
    request: bill('sample-5', 'altmark', 'AV-560', 'PO-6004', [['1', 'Folding box, 60 x 40', 'C62', 500, 0.84, 19]]),
    asOf,
    then: [
      { passes: 'all the time', of: 'goodsReceipt' },
      { decides: 'approved', by: 'ravi', because: 'delivered to the building site' },
    ],
  },
  {
    title: 'Coffee dearer than ordered: procurement refuses, and asks for a credit note in words of its own',
    request: bill('sample-6', 'salzhof', 'SG-0431', 'PO-6006', [['1', 'Coffee, per month', 'MON', 1, 352, 7]]),
    asOf,
    then: [
      { decides: 'rejected', by: 'paul', because: 'the price is agreed for the year' },
      {
        decides: 'approved',
        by: 'paul',
        amend: { message: 'Invoice SG-0431: please credit 42.00. The price of 310.00 is agreed until December.' },
      },
    ],
  },
  {
    title: 'Conveyors dearer than ordered, above 100000.00: accepted by procurement, then signed by two',
    request: bill('sample-7', 'weidner', 'WF-9-118', 'PO-6007', [['1', 'Roller conveyor, 12 m', 'C62', 4, 28600, 19]]),
    asOf,
    then: [
      { decides: 'approved', by: 'paul', because: 'with the longer rollers that the site asked for' },
      { decides: 'approved', of: 'release', by: 'hugo' },
      { decides: 'approved', of: 'countersign', by: 'carla' },
    ],
  },
];

type Billed = [
  poLineNo: string,
  description: string,
  unit: string,
  quantity: number,
  price: number,
  taxPercent: number,
];

/** An invoice that adds up. */
function bill(
  messageId: string,
  vendor: keyof typeof vendors,
  invoiceNumber: string,
  poNumber: string,
  billed: Billed[],
  more: object = {},
) {
  const [vatId, name, iban] = vendors[vendor];
  const lines = billed.map(([poLineNo, description, unit, quantity, price, taxPercent], n) => ({
    ...{ lineNo: String(n + 1), poLineNo, description, unit, quantity: String(quantity), unitPrice: price.toFixed(2) },
    ...{ taxPercent: String(taxPercent), amount: Math.round(quantity * price * 100) },
  }));
  const net = lines.reduce((sum, { amount }) => sum + amount, 0);
  const tax = Math.round(lines.reduce((sum, { amount, taxPercent }) => sum + (amount * Number(taxPercent)) / 100, 0));
  const invoice = {
    ...{ invoiceNumber, issueDate: '2026-05-26', dueDate: '2026-06-25', currency: 'EUR', iban, poNumber, remark: null },
    ...{ lines, net, tax, gross: net + tax, ...more },
  };
  return { messageId, channel: 'e-mail', supplier: { vatId, name }, invoice };
}
