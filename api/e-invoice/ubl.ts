import { discountIn, type Reading } from './reading.ts';
import type { Element } from './xml.ts';

const root = '/Invoice';

/** A UBL 2.1 invoice, as EN 16931 uses it. */
export function readUbl(invoice: Element, reading: Reading) {
  const { many, one, text } = bound(reading);
  const currency = reading.needed(invoice, 'cbc:DocumentCurrencyCode', root);
  reading.currency = currency;
  const issueDate = reading.date(reading.needed(invoice, 'cbc:IssueDate', root) || undefined, `${root}/cbc:IssueDate`);

  const party = one(invoice, 'cac:AccountingSupplierParty/cac:Party');
  const schemes = many(party, 'cac:PartyTaxScheme');
  const vat = schemes.find((scheme) => text(scheme, 'cac:TaxScheme/cbc:ID') === 'VAT');
  const [sellerName] = many(party, 'cac:PartyName');
  const accounts = many(invoice, 'cac:PaymentMeans').flatMap(
    (means) => text(means, 'cac:PayeeFinancialAccount/cbc:ID') ?? [],
  );
  const terms = many(invoice, 'cac:PaymentTerms').flatMap((one) => many(one, 'cbc:Note').map((note) => note.text));
  const remarks = many(invoice, 'cbc:Note').map((note) => note.text.trim());

  const totals = one(invoice, 'cac:LegalMonetaryTotal');
  const total = (name: string) => reading.neededAmount(totals, name, `${root}/cac:LegalMonetaryTotal`);
  const lines = many(invoice, 'cac:InvoiceLine');
  if (lines.length === 0) reading.wrong(`${root}/cac:InvoiceLine`, 'is missing');

  return {
    supplier: {
      vatId: text(vat, 'cbc:CompanyID') ?? '',
      name: text(party, 'cac:PartyLegalEntity/cbc:RegistrationName') ?? text(sellerName, 'cbc:Name') ?? null,
    },
    invoice: {
      invoiceNumber: reading.needed(invoice, 'cbc:ID', root),
      issueDate,
      dueDate: reading.date(text(invoice, 'cbc:DueDate'), `${root}/cbc:DueDate`),
      typeCode: reading.needed(invoice, 'cbc:InvoiceTypeCode', root),
      currency,
      iban: accounts[0] ?? null,
      poNumber: text(invoice, 'cac:OrderReference/cbc:ID') ?? null,
      remark: remarks.filter(Boolean).join('\n') || null,
      discount: discountIn(terms.join('\n'), issueDate),
      lines: lines.map((line, n) => readLine(line, `${root}/cac:InvoiceLine[${n + 1}]`, reading)),
      adjustment: reading.adjustment(
        many(invoice, 'cac:AllowanceCharge'),
        'cbc:ChargeIndicator',
        'cbc:Amount',
        `${root}/cac:AllowanceCharge`,
      ),
      net: total('cbc:TaxExclusiveAmount'),
      tax: taxOf(many(invoice, 'cac:TaxTotal'), reading),
      gross: total('cbc:TaxInclusiveAmount'),
      amountDue: total('cbc:PayableAmount'),
    },
  };
}

/** There may be a second total, in the currency of the tax. */
function taxOf(totals: Element[], reading: Reading): number {
  const field = `${root}/cac:TaxTotal`;
  const ours = totals.filter((total) => {
    const named = reading.one(total, 'cbc:TaxAmount')?.attributes['currencyID'];
    return named === undefined || named === reading.currency;
  });
  if (ours.length > 1) reading.wrong(field, 'is there twice');
  return ours[0] ? reading.neededAmount(ours[0], 'cbc:TaxAmount', field) : 0;
}

function readLine(line: Element, at: string, reading: Reading) {
  const { many, one, text } = bound(reading);
  const [item] = many(line, 'cac:Item');
  const [reference] = many(line, 'cac:OrderLineReference');
  const [tax] = many(item, 'cac:ClassifiedTaxCategory');
  return {
    lineNo: reading.needed(line, 'cbc:ID', at),
    poLineNo: text(reference, 'cbc:LineID') ?? null,
    description: text(item, 'cbc:Name') ?? '',
    unit: one(line, 'cbc:InvoicedQuantity')?.attributes['unitCode'] ?? '',
    quantity: reading.neededDecimal(line, 'cbc:InvoicedQuantity', at),
    unitPrice: reading.neededDecimal(line, 'cac:Price/cbc:PriceAmount', at),
    priceBase: reading.decimal(line, 'cac:Price/cbc:BaseQuantity', at) ?? '1',
    taxPercent: reading.decimal(tax, 'cbc:Percent', at) ?? '0',
    adjustment: reading.adjustment(many(line, 'cac:AllowanceCharge'), 'cbc:ChargeIndicator', 'cbc:Amount', at),
    amount: reading.neededAmount(line, 'cbc:LineExtensionAmount', at),
  };
}

const bound = (reading: Reading) => ({
  many: reading.many.bind(reading),
  one: reading.one.bind(reading),
  text: reading.text.bind(reading),
});
