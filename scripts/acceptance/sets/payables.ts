import authority from '../../../workflows/payable-exception/tables/authority.json' with { type: 'json' };
import match from '../../../workflows/payable-exception/tables/match.json' with { type: 'json' };
import tolerances from '../../../workflows/payable-exception/tables/tolerances.json' with { type: 'json' };
import { xml } from './payables-xml.ts';
import { anyMember, kebab, nothing, type Parameter, type SetTable, type Write } from '../set.ts';

interface Line {
  line_no: number;
  po_line_no: number | null;
  description: string;
  unit: string;
  quantity: string;
  unit_price: string;
  tax_percent: number;
  amount_minor: number;
}

interface Event {
  received_at: string;
  channel: string;
  invoice: {
    invoice_number: string;
    issue_date: string;
    due_date: string | null;
    currency: string;
    iban: string | null;
    po_number: string | null;
    remark: string | null;
    lines: Line[];
    net_minor: number;
    tax_minor: number;
    gross_minor: number;
  };
}

interface Records {
  vendor: {
    vendor_id: string;
    name: string;
    vat_id: string;
    country: string;
    po_mandatory: boolean;
    phone_on_file: string;
    bank_accounts: { iban: string; verified: boolean; since: string }[];
    blocked: boolean;
  };
  purchase_order: {
    po_number: string;
    vendor_id: string;
    currency: string;
    match: string;
    ordered_at: string;
    buyer: string;
    lines: (Omit<Line, 'po_line_no' | 'amount_minor'> & { already_invoiced: string })[];
  } | null;
  goods_receipts: {
    receipt_id: string;
    po_number: string;
    received_at: string;
    lines: { po_line_no: number; quantity: string }[];
  }[];
  ledger: {
    invoice_id: string;
    vendor_id: string;
    invoice_number: string;
    issue_date: string;
    currency: string;
    gross_minor: number;
    po_number: string | null;
    status: string;
  }[];
}

interface Expected {
  exception: string;
  decision: 'post' | 'hold' | 'park' | 'reject';
  owner: string;
  status_code: string;
  reason_code: string | null;
  action_code: string;
  payment_block: boolean;
  approver: string;
}

interface Policy {
  parameters: {
    price_tolerance_percent: number;
    price_tolerance_line_cap_minor: number;
    quantity_tolerance_percent: number;
    duplicate_window_days: number;
    tax_rounding_minor: number;
    total_rounding_minor: number;
    approval_bands_minor: [number | null, string][];
  };
  rules: (Omit<Expected, 'approver'> & { id: string })[];
}

export const payables: SetTable<Event, Records, Expected> = {
  set: 'payables',
  process: 'payable-exception',
  asOf: ({ received_at }) => received_at,

  request: ({ channel, invoice }, key, { vendor }) => ({
    messageId: key,
    channel,
    supplier: { vatId: vendor.vat_id },
    invoice: {
      invoiceNumber: invoice.invoice_number,
      issueDate: invoice.issue_date,
      dueDate: invoice.due_date,
      currency: invoice.currency,
      iban: invoice.iban,
      poNumber: invoice.po_number,
      remark: invoice.remark,
      lines: invoice.lines.map((line) => ({
        lineNo: String(line.line_no),
        poLineNo: lineOf(line.po_line_no),
        description: line.description,
        unit: line.unit,
        quantity: line.quantity,
        unitPrice: line.unit_price,
        taxPercent: String(line.tax_percent),
        amount: line.amount_minor,
      })),
      net: invoice.net_minor,
      tax: invoice.tax_minor,
      gross: invoice.gross_minor,
    },
  }),

  records: ({ vendor, purchase_order: order, goods_receipts, ledger }) => ({
    vendors: {
      vendors: [
        {
          vendorId: vendor.vendor_id,
          name: vendor.name,
          vatId: vendor.vat_id,
          country: vendor.country,
          poMandatory: vendor.po_mandatory,
          phoneOnFile: vendor.phone_on_file,
          bankAccounts: vendor.bank_accounts,
          blocked: vendor.blocked,
        },
      ],
    },
    purchasing: {
      orders: (order ? [order] : []).map(({ po_number, vendor_id, currency, match, ordered_at, buyer, lines }) => ({
        ...{ poNumber: po_number, vendorId: vendor_id, currency, match, orderedAt: ordered_at, buyer },
        lines: lines.map((line) => ({
          lineNo: String(line.line_no),
          description: line.description,
          unit: line.unit,
          quantity: line.quantity,
          unitPrice: line.unit_price,
          taxPercent: String(line.tax_percent),
          alreadyInvoiced: line.already_invoiced,
        })),
      })),
    },
    receiving: {
      receipts: goods_receipts.map(({ receipt_id, po_number, received_at, lines }) => ({
        ...{ receiptId: receipt_id, poNumber: po_number, receivedAt: received_at },
        lines: lines.map(({ po_line_no, quantity }) => ({ poLineNo: String(po_line_no), quantity })),
      })),
    },
    payables: {
      invoices: ledger.map((entry) => ({
        invoiceId: entry.invoice_id,
        vendorId: entry.vendor_id,
        invoiceNumber: entry.invoice_number,
        issueDate: entry.issue_date,
        currency: entry.currency,
        gross: entry.gross_minor,
        poNumber: entry.po_number,
        status: entry.status,
      })),
    },
  }),

  expects: (expected, { invoice }, { vendor }) => {
    const { exception, decision, owner, approver, payment_block } = expected;
    const band = queues[approver];
    const approved = decision === 'post' && band !== undefined;
    return {
      ...nothing,
      rule: kebab(exception),
      values: codesOf(expected),
      writes: [
        ...(decision === 'post' ? [posted(invoice, vendor)] : []),
        ...(payment_block ? [blocked(invoice, vendor, exception)] : []),
      ],
      ...(approved && { asked: [band], approvals: { [band]: anyMember } }),
      ...(decision === 'hold' && { asked: [queues[owner]!], rest: `waiting for ${queues[owner]}` }),
      ...(decision === 'park' && { rest: `waiting for goodsReceipt of ${queues[owner]}` }),
    };
  },

  called: ({ name, owner }) => (name === 'goodsReceipt' ? `${name} of ${owner}` : (owner ?? name)),
  deciding: 'match',
  more: [xml],
  askedBefore: ['payables.post'],
  uncounted: ['suppliers.respond'],
  values: ({ rulings }) => ownCodes(rulings.findLast(({ policy }) => policy === 'match')?.outputs ?? {}),

  parameters: ({ parameters, rules }: Policy) => {
    const { approval_bands_minor: bands, ...others } = parameters;
    const usual: Record<string, unknown> = tolerances.rows.find(({ verdict }) => verdict === 'usual')!.outputs;
    return [
      ...Object.entries(others).map(([name, theirs]): Parameter => ({ name, theirs, ours: usual[limits[name] ?? ''] })),
      ...bands.map(([top, approver], n): Parameter => {
        const name = `approval_bands_minor, ${approver}`;
        return { name, theirs: band(bands[n - 1]?.[0] ?? null, top, approver), ours: ownBand(approver) };
      }),
      ...rules.map((rule) => {
        const row = match.rows.find((one) => one.rule === kebab(rule.exception));
        return { name: rule.id, theirs: handling(rule), ours: row && ownHandling(row) };
      }),
    ];
  },
};

/** The lowest band's clerk is asked nothing; the vendor is no queue of ours. */
const queues: Record<string, string | undefined> = {
  ap: 'accounts-payable',
  treasury: 'treasury',
  procurement: 'procurement',
  tax: 'tax',
  receiving: 'receiving',
  ap_clerk: undefined,
  ap_manager: 'ap-managers',
  controller: 'controllers',
  cfo: 'chief-financial-officer',
};

const limits: Record<string, string> = {
  price_tolerance_percent: 'pricePercent',
  price_tolerance_line_cap_minor: 'priceLineCap',
  quantity_tolerance_percent: 'quantityPercent',
  duplicate_window_days: 'duplicateWindowDays',
  tax_rounding_minor: 'taxRounding',
  total_rounding_minor: 'totalRounding',
};

const lineOf = (line: number | null) => (line === null ? null : String(line));

const codesOf = ({ status_code, reason_code, action_code }: Omit<Expected, 'approver'>) => ({
  ...{ status_code, reason_code, action_code },
});
const ownCodes = ({ statusCode, reasonCode, actionCode }: Record<string, unknown>) => ({
  ...{ status_code: statusCode, reason_code: reasonCode, action_code: actionCode },
});

const posted = (invoice: Event['invoice'], vendor: Records['vendor']): Write => ({
  operation: 'payables.post',
  body: {
    vendorId: vendor.vendor_id,
    invoiceNumber: invoice.invoice_number,
    issueDate: invoice.issue_date,
    dueDate: invoice.due_date,
    poNumber: invoice.po_number,
    currency: invoice.currency,
    net: invoice.net_minor,
    tax: invoice.tax_minor,
    gross: invoice.gross_minor,
    payTo: invoice.iban || vendor.bank_accounts.find(({ verified }) => verified)?.iban,
    lines: invoice.lines.map(({ po_line_no, quantity, amount_minor }) => ({
      ...{ poLineNo: lineOf(po_line_no), quantity, amount: amount_minor },
    })),
  },
});

const blocked = ({ invoice_number }: Event['invoice'], { vendor_id }: Records['vendor'], exception: string): Write => ({
  operation: 'payables.block',
  body: { vendorId: vendor_id, invoiceNumber: invoice_number, exception: kebab(exception) },
});

/** From which amount up to which other one who approves. */
const band = (from: number | null, below: number | null, approver: string) => ({
  ...{ from, below, approver: queues[approver] ?? 'by rule' },
});

/** The rows say below what an amount falls under them; the last of all takes what matched whatever its amount. */
function ownBand(approver: string) {
  const bands = authority.rows.flatMap((row) => {
    const { verdict, outputs } = row as { verdict: string; outputs: { owner?: string } };
    const { gross = '', matched } = (row.when ?? {}) as { gross?: string; matched?: string };
    const below = /^< ([1-9]\d*)$/.exec(gross)?.[1];
    if (below === undefined && matched !== 'true') return [];
    return [{ below: below === undefined ? null : Number(below), by: verdict === 'allow' ? 'by rule' : outputs.owner }];
  });
  const n = bands.findIndex(({ by }) => by === (queues[approver] ?? 'by rule'));
  if (n < 0) return undefined;
  return { from: bands[n - 1]?.below ?? null, below: bands[n]!.below, approver: bands[n]!.by };
}

const handling = (rule: Omit<Expected, 'approver'>) => ({
  decision: rule.decision,
  owner: rule.owner === 'vendor' ? queues['ap'] : queues[rule.owner],
  payment_block: rule.payment_block,
  ...codesOf(rule),
});

const ownHandling = ({ verdict, outputs }: (typeof match.rows)[number]) => ({
  ...{ decision: verdict, owner: outputs.owner, payment_block: outputs.paymentBlock },
  ...ownCodes(outputs),
});
