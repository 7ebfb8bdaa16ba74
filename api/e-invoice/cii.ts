import { daysAfter, discountIn, type Reading } from './reading.ts';
import type { Element } from './xml.ts';

const root = '/CrossIndustryInvoice';

/** A UN/CEFACT cross industry invoice (D16B and later), as EN 16931, ZUGFeRD and Factur-X use it. */
export function readCii(document: Element, reading: Reading) {
  const { many, one, text } = bound(reading);
  const head = one(document, 'rsm:ExchangedDocument');
  const deal = one(document, 'rsm:SupplyChainTradeTransaction');
  const agreement = one(deal, 'ram:ApplicableHeaderTradeAgreement');
  const settlement = one(deal, 'ram:ApplicableHeaderTradeSettlement');
  const currency = reading.needed(settlement, 'ram:InvoiceCurrencyCode', root);
  reading.currency = currency;
  const date = (from: Element | undefined, path: string) =>
    reading.date(text(from, `${path}/udt:DateTimeString`), `${root}/${path}`);

  const issued = 'ram:IssueDateTime';
  const issueDate = date(head, issued);
  if (!one(head, issued)) reading.wrong(`${root}/${issued}`, 'is missing');

  const seller = one(agreement, 'ram:SellerTradeParty');
  const registrations = many(seller, 'ram:SpecifiedTaxRegistration').map((one) => reading.one(one, 'ram:ID'));
  const vat = registrations.find((id) => id?.attributes['schemeID'] === 'VA');
  const accounts = many(settlement, 'ram:SpecifiedTradeSettlementPaymentMeans').map((means) =>
    one(means, 'ram:PayeePartyCreditorFinancialAccount'),
  );
  const account = accounts.find((one) => one !== undefined);
  const terms = many(settlement, 'ram:SpecifiedTradePaymentTerms');
  const due = terms.find((one) => reading.one(one, 'ram:DueDateDateTime'));
  const notes = many(head, 'ram:IncludedNote').flatMap((note) => many(note, 'ram:Content'));

  const totals = one(settlement, 'ram:SpecifiedTradeSettlementHeaderMonetarySummation');
  const total = (name: string) => reading.neededAmount(totals, name, root);
  const lines = many(deal, 'ram:IncludedSupplyChainTradeLineItem');
  if (lines.length === 0) reading.wrong(`${root}/ram:IncludedSupplyChainTradeLineItem`, 'is missing');

  return {
    supplier: { vatId: vat?.text.trim() ?? '', name: text(seller, 'ram:Name') ?? null },
    invoice: {
      invoiceNumber: reading.needed(head, 'ram:ID', root),
      issueDate,
      dueDate: date(due, 'ram:DueDateDateTime'),
      typeCode: reading.needed(head, 'ram:TypeCode', root),
      currency,
      iban: text(account, 'ram:IBANID') ?? text(account, 'ram:ProprietaryID') ?? null,
      poNumber: text(agreement, 'ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID') ?? null,
      remark:
        notes
          .map((note) => note.text.trim())
          .filter(Boolean)
          .join('\n') || null,
      discount: discountOf(terms, issueDate, reading),
      lines: lines.map((line, n) => readLine(line, `${root}/ram:IncludedSupplyChainTradeLineItem[${n + 1}]`, reading)),
      adjustment: adjustment(many(settlement, 'ram:SpecifiedTradeAllowanceCharge'), root, reading),
      net: total('ram:TaxBasisTotalAmount'),
      tax: taxOf(many(totals, 'ram:TaxTotalAmount'), reading),
      gross: total('ram:GrandTotalAmount'),
      amountDue: total('ram:DuePayableAmount'),
    },
  };
}

/** There may be a second total, in the currency of the tax. */
function taxOf(all: Element[], reading: Reading): number {
  const field = `${root}/ram:TaxTotalAmount`;
  const ours = all.filter(({ attributes: { currencyID } }) => !currencyID || currencyID === reading.currency);
  if (ours.length > 1) reading.wrong(field, 'is there twice');
  const [first] = ours;
  return first ? reading.neededAmount({ ...first, children: [first] }, first.name, root) : 0;
}

function discountOf(terms: Element[], issueDate: string | null, reading: Reading) {
  for (const term of terms) {
    const structured = reading.one(term, 'ram:ApplicableTradePaymentDiscountTerms');
    const percent = reading.decimal(structured, 'ram:CalculationPercent', root);
    const days = reading.one(structured, 'ram:BasisPeriodMeasure');
    if (percent && days?.attributes['unitCode'] === 'DAY' && /^\d{1,3}$/.test(days.text.trim()) && issueDate)
      return { percent, until: daysAfter(issueDate, Number(days.text)) };
  }
  const said = terms.flatMap((term) => reading.many(term, 'ram:Description').map(({ text }) => text));
  return discountIn(said.join('\n'), issueDate);
}

function readLine(line: Element, at: string, reading: Reading) {
  const { many, one, text } = bound(reading);
  const agreement = one(line, 'ram:SpecifiedLineTradeAgreement');
  const delivery = one(line, 'ram:SpecifiedLineTradeDelivery');
  const settlement = one(line, 'ram:SpecifiedLineTradeSettlement');
  const [tax] = many(settlement, 'ram:ApplicableTradeTax');
  const price = 'ram:NetPriceProductTradePrice';
  return {
    lineNo: reading.needed(line, 'ram:AssociatedDocumentLineDocument/ram:LineID', at),
    poLineNo: text(agreement, 'ram:BuyerOrderReferencedDocument/ram:LineID') ?? null,
    description: text(line, 'ram:SpecifiedTradeProduct/ram:Name') ?? '',
    unit: one(delivery, 'ram:BilledQuantity')?.attributes['unitCode'] ?? '',
    quantity: reading.neededDecimal(delivery, 'ram:BilledQuantity', at),
    unitPrice: reading.neededDecimal(agreement, `${price}/ram:ChargeAmount`, at),
    priceBase: reading.decimal(agreement, `${price}/ram:BasisQuantity`, at) ?? '1',
    taxPercent: reading.decimal(tax, 'ram:RateApplicablePercent', at) ?? '0',
    adjustment: adjustment(many(settlement, 'ram:SpecifiedTradeAllowanceCharge'), at, reading),
    amount: reading.neededAmount(
      settlement,
      'ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount',
      at,
    ),
  };
}

const adjustment = (all: Element[], at: string, reading: Reading) =>
  reading.adjustment(all, 'ram:ChargeIndicator/udt:Indicator', 'ram:ActualAmount', at);

const bound = (reading: Reading) => ({
  many: reading.many.bind(reading),
  one: reading.one.bind(reading),
  text: reading.text.bind(reading),
});
