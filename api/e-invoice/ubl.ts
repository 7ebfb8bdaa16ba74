import { isCreditNoteCode } from '../../rules/document-type.ts';
import { dateIn } from './lexical.ts';
import { checkProfile } from './profile.ts';
import { discountIn, type Reading, sumOf } from './reading.ts';
import type { Element } from './xml.ts';

/** What the two documents call the same. */
const kinds = {
  'ubl:Invoice': {
    root: '/Invoice',
    type: 'cbc:InvoiceTypeCode',
    line: 'cac:InvoiceLine',
    billed: 'cbc:InvoicedQuantity',
  },
  'credit:CreditNote': {
    ...{ root: '/CreditNote', type: 'cbc:CreditNoteTypeCode' },
    ...{ line: 'cac:CreditNoteLine', billed: 'cbc:CreditedQuantity' },
  },
};

/** A UBL 2.1 invoice or credit note, as EN 16931 uses it. */
export function readUbl(invoice: Element, reading: Reading) {
  const { many, one, text, words } = bound(reading);
  checkProfile(text(invoice, 'cbc:CustomizationID'));
  const { root, type, line: lineName, billed } = kinds[invoice.name as keyof typeof kinds];
  const currency = reading.needed(invoice, 'cbc:DocumentCurrencyCode', root);
  reading.currency = currency;
  const typeCode = reading.needed(invoice, type, root);
  if (root === '/CreditNote' && typeCode && !isCreditNoteCode(typeCode))
    reading.wrong(`${root}/${type}`, `is ${typeCode}, which is no credit note`);
  const date = (from: string | undefined, path: string) => reading.date(from, `${root}/${path}`, dateIn);
  const issueDate = date(reading.needed(invoice, 'cbc:IssueDate', root) || undefined, 'cbc:IssueDate');

  const party = one(invoice, 'cac:AccountingSupplierParty/cac:Party');
  const schemes = many(party, 'cac:PartyTaxScheme');
  const vat = schemes.find((scheme) => text(scheme, 'cac:TaxScheme/cbc:ID')?.toUpperCase() === 'VAT');
  const [sellerName] = many(party, 'cac:PartyName');
  const accounts = many(invoice, 'cac:PaymentMeans').flatMap(
    (means) => text(means, 'cac:PayeeFinancialAccount/cbc:ID') ?? [],
  );
  const terms = many(invoice, 'cac:PaymentTerms').flatMap((one) => many(one, 'cbc:Note').map((note) => note.text));
  const remarks = many(invoice, 'cbc:Note').map((note) => note.text.trim());

  const totals = one(invoice, 'cac:LegalMonetaryTotal');
  const total = (name: string) => reading.neededAmount(totals, name, `${root}/cac:LegalMonetaryTotal`);
  const lines = many(invoice, lineName);
  if (lines.length === 0) reading.wrong(`${root}/${lineName}`, 'is missing');
  const adjustments = reading.adjustments(
    many(invoice, 'cac:AllowanceCharge'),
    onDocument,
    `${root}/cac:AllowanceCharge`,
  );
  const meansDue = many(invoice, 'cac:PaymentMeans').map((means) => text(means, 'cbc:PaymentDueDate'));

  return {
    supplier: {
      vatId: text(vat, 'cbc:CompanyID') ?? '',
      name: words(party, 'cac:PartyLegalEntity/cbc:RegistrationName') ?? words(sellerName, 'cbc:Name') ?? null,
    },
    invoice: {
      invoiceNumber: reading.needed(invoice, 'cbc:ID', root),
      issueDate,
      dueDate: date(text(invoice, 'cbc:DueDate') ?? meansDue.find(Boolean), 'cbc:DueDate'),
      typeCode,
      currency,
      iban: accounts[0] ?? null,
      poNumber: named(text(invoice, 'cac:OrderReference/cbc:ID')),
      remark: remarks.filter(Boolean).join('\n') || null,
      discount: discountIn(terms.join('\n'), issueDate),
      lines: lines.map((line, n) => readLine(line, billed, `${root}/${lineName}[${n + 1}]`, reading)),
      adjustment: sumOf(adjustments),
      adjustments,
      net: total('cbc:TaxExclusiveAmount'),
      tax: taxOf(many(invoice, 'cac:TaxTotal'), `${root}/cac:TaxTotal`, reading),
      gross: total('cbc:TaxInclusiveAmount'),
      prepaid: reading.amount(totals, 'cbc:PrepaidAmount', root) ?? 0,
      rounding: reading.amount(totals, 'cbc:PayableRoundingAmount', root) ?? 0,
      amountDue: total('cbc:PayableAmount'),
    },
  };
}

/** There may be a second total, in the currency of the tax. */
function taxOf(totals: Element[], field: string, reading: Reading): number {
  const ours = totals.filter((total) => {
    const named = reading.attribute(reading.one(total, 'cbc:TaxAmount'), 'currencyID');
    return named === undefined || named === reading.currency;
  });
  if (ours.length > 1) reading.wrong(field, 'is there twice');
  return ours[0] ? reading.neededAmount(ours[0], 'cbc:TaxAmount', field) : 0;
}

function readLine(line: Element, billed: string, at: string, reading: Reading) {
  const { many, one, text, words } = bound(reading);
  const [item] = many(line, 'cac:Item');
  const [reference] = many(line, 'cac:OrderLineReference');
  const [tax] = many(item, 'cac:ClassifiedTaxCategory');
  const unit = reading.attribute(one(line, billed), 'unitCode') ?? '';
  const priceUnit = reading.attribute(one(line, 'cac:Price/cbc:BaseQuantity'), 'unitCode') ?? unit;
  const adjustments = reading.adjustments(many(line, 'cac:AllowanceCharge'), within, `${at}/cac:AllowanceCharge`);
  return {
    lineNo: reading.needed(line, 'cbc:ID', at),
    poLineNo: named(text(reference, 'cbc:LineID')),
    poNumber: named(text(reference, 'cac:OrderReference/cbc:ID')),
    description: words(item, 'cbc:Name') ?? '',
    unit,
    quantity: reading.neededDecimal(line, billed, at),
    unitPrice: reading.neededDecimal(line, 'cac:Price/cbc:PriceAmount', at),
    priceBase: reading.decimal(line, 'cac:Price/cbc:BaseQuantity', at) ?? '1',
    priceUnit: priceUnit === unit ? null : priceUnit,
    taxPercent: reading.decimal(tax, 'cbc:Percent', at) ?? '0',
    adjustment: sumOf(adjustments),
    amount: reading.neededAmount(line, 'cbc:LineExtensionAmount', at),
  };
}

/** UBL demands some numbers of who has none; Peppol writes `NA` then. */
const named = (text: string | undefined): string | null => (text === undefined || text === 'NA' ? null : text);

const within = { isCharge: 'cbc:ChargeIndicator', amount: 'cbc:Amount' };
const onDocument = {
  ...within,
  percent: 'cac:TaxCategory/cbc:Percent',
  category: 'cac:TaxCategory/cbc:ID',
  reason: 'cbc:AllowanceChargeReason',
};

const bound = (reading: Reading) => ({
  many: reading.many.bind(reading),
  one: reading.one.bind(reading),
  text: reading.text.bind(reading),
  words: reading.words.bind(reading),
});
