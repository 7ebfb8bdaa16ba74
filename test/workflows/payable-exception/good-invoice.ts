import { randomUUID } from 'node:crypto';

/** A good world for an invoice: a vendor with a verified account, an order of two lines that was received in full. */
export const vendor = {
  vendorId: 'V-1',
  name: 'Birkenhof Werkzeuge GmbH',
  vatId: 'DE100200300',
  country: 'DE',
  poMandatory: true,
  phoneOnFile: '+49 30 5550101',
  bankAccounts: [{ iban: 'DE02120300000000202051', verified: true, since: '2021-03-01' }],
  blocked: false,
};

export const order = {
  poNumber: 'PO-700',
  vendorId: 'V-1',
  currency: 'EUR',
  match: '3-way' as '3-way' | '2-way',
  orderedAt: '2026-05-04',
  buyer: 'p.quist',
  lines: [orderLine('1', 'Drill bits', 'C62', '100', '2.50'), orderLine('2', 'Machine oil', 'LTR', '20', '12.40')],
};

function orderLine(lineNo: string, description: string, unit: string, quantity: string, unitPrice: string) {
  return { lineNo, description, unit, quantity, unitPrice, taxPercent: '19', alreadyInvoiced: '0' };
}

export const receipt = {
  receiptId: 'GR-1',
  poNumber: 'PO-700',
  receivedAt: '2026-05-18',
  lines: [
    { poLineNo: '1', quantity: '100' },
    { poLineNo: '2', quantity: '20' },
  ],
};

/** Of the same amount as the good invoice. */
export const earlier = {
  invoiceId: 'DOC-1',
  vendorId: 'V-1',
  invoiceNumber: 'B-1',
  issueDate: '2026-05-20',
  currency: 'EUR',
  gross: 59_262,
  poNumber: 'PO-700' as string | null,
  status: 'paid',
};

interface Ledger {
  vendors?: object[];
  orders?: object[];
  receipts?: object[];
  invoices?: object[];
}

/** What the systems hold; a test changes one thing. */
export const records = ({
  vendors = [vendor],
  orders = [order],
  receipts = [receipt],
  invoices = [],
}: Ledger = {}) => ({
  vendors: { vendors },
  purchasing: { orders },
  receiving: { receipts },
  payables: { invoices },
});

export interface Line {
  lineNo: string;
  poLineNo: string | null;
  description: string;
  unit: string;
  quantity: string;
  unitPrice: string;
  taxPercent: string;
}

export const lines: Line[] = order.lines.map(({ alreadyInvoiced: _, ...line }) => ({ ...line, poLineNo: line.lineNo }));

/** Bills these lines, and adds up. */
export function invoice(billed: Line[] = lines, more: object = {}) {
  const priced = billed.map((line) => ({
    ...line,
    amount: Math.round(Number(line.quantity) * Number(line.unitPrice) * 100),
  }));
  const net = priced.reduce((sum, { amount }) => sum + amount, 0);
  const tax = priced.reduce((sum, { amount, taxPercent }) => sum + (amount * Number(taxPercent)) / 100, 0);
  return {
    invoiceNumber: 'B-2026-17',
    issueDate: '2026-05-20',
    dueDate: '2026-06-19',
    currency: 'EUR',
    iban: vendor.bankAccounts[0]!.iban,
    poNumber: 'PO-700' as string | null,
    remark: null,
    lines: priced,
    net,
    tax: Math.round(tax),
    gross: net + Math.round(tax),
    ...more,
  };
}

/** The lines with one of them changed. */
export const withLine = (lineNo: string, change: Partial<Line>): Line[] =>
  lines.map((line) => (line.lineNo === lineNo ? { ...line, ...change } : line));

/** Straight through, by the lowest band, unless a test changes one thing. */
export function request(billed: object = invoice(), more: object = {}) {
  return {
    messageId: `M-${randomUUID().slice(0, 8)}`,
    channel: 'e-mail',
    supplier: { vatId: vendor.vatId, name: vendor.name },
    invoice: billed,
    ...more,
  };
}
