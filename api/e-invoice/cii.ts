import { collapsed, date102In, dayOfDateTime } from './lexical.ts';
import { checkProfile } from './profile.ts';
import { daysAfter, discountIn, type Reading, sumOf } from './reading.ts';
import type { Element } from './xml.ts';

const root = '/CrossIndustryInvoice';

/** A UN/CEFACT cross industry invoice (D16B and later), as EN 16931, ZUGFeRD and Factur-X use it. */
export function readCii(document: Element, reading: Reading) {
  const { many, one, text, words } = bound(reading);
  checkProfile(text(document, 'rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID'));
  const head = one(document, 'rsm:ExchangedDocument');
  const deal = one(document, 'rsm:SupplyChainTradeTransaction');
  const agreement = one(deal, 'ram:ApplicableHeaderTradeAgreement');
  const settlement = one(deal, 'ram:ApplicableHeaderTradeSettlement');
  const currency = reading.needed(settlement, 'ram:InvoiceCurrencyCode', root);
  reading.currency = currency;
  const date = (from: Element | undefined, path: string) => dateOf(one(from, path), `${root}/${path}`, reading);

  const issued = 'ram:IssueDateTime';
  const issueDate = date(head, issued);
  if (!one(head, issued)) reading.wrong(`${root}/${issued}`, 'is missing');

  const seller = one(agreement, 'ram:SellerTradeParty');
  const registrations = many(seller, 'ram:SpecifiedTaxRegistration').map((one) => reading.one(one, 'ram:ID'));
  const vat = registrations.find((id) => reading.attribute(id, 'schemeID') === 'VA');
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
  const adjustments = reading.adjustments(
    many(settlement, 'ram:SpecifiedTradeAllowanceCharge'),
    onDocument,
    `${root}/ram:SpecifiedTradeAllowanceCharge`,
  );
  if (one(settlement, 'ram:SpecifiedLogisticsServiceCharge'))
    reading.wrong(`${root}/ram:SpecifiedLogisticsServiceCharge`, notCore);
  if (lines.length === 0) reading.wrong(`${root}/ram:IncludedSupplyChainTradeLineItem`, 'is missing');

  return {
    supplier: { vatId: collapsed(vat?.text ?? ''), name: words(seller, 'ram:Name') ?? null },
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
      adjustment: sumOf(adjustments),
      adjustments,
      net: total('ram:TaxBasisTotalAmount'),
      tax: taxOf(many(totals, 'ram:TaxTotalAmount'), reading),
      gross: total('ram:GrandTotalAmount'),
      prepaid: reading.amount(totals, 'ram:TotalPrepaidAmount', root) ?? 0,
      rounding: reading.amount(totals, 'ram:RoundingAmount', root) ?? 0,
      amountDue: total('ram:DuePayableAmount'),
    },
  };
}

/** EN 16931 has the form 102 alone. */
function dateOf(from: Element | undefined, field: string, reading: Reading): string | null {
  const written = reading.one(from, 'udt:DateTimeString');
  const form = reading.attribute(written, 'format') ?? '102';
  if (written && form !== '102') reading.wrong(field, `is of the form ${form}, not 102`);
  return (
    reading.date(form === '102' ? reading.text(from, 'udt:DateTimeString') : undefined, field, date102In) ??
    reading.date(reading.text(from, 'udt:DateTime'), field, dayOfDateTime)
  );
}

/** There may be a second total, in the currency of the tax. */
function taxOf(all: Element[], reading: Reading): number {
  const field = `${root}/ram:TaxTotalAmount`;
  const ours = all.filter((one) => (reading.attribute(one, 'currencyID') ?? reading.currency) === reading.currency);
  if (ours.length > 1) reading.wrong(field, 'is there twice');
  const [first] = ours;
  return first ? reading.neededAmount({ ...first, children: [first] }, first.name, root) : 0;
}

function discountOf(terms: Element[], issueDate: string | null, reading: Reading) {
  for (const term of terms) {
    const structured = reading.one(term, 'ram:ApplicableTradePaymentDiscountTerms');
    const percent = reading.decimal(structured, 'ram:CalculationPercent', root);
    const days = reading.one(structured, 'ram:BasisPeriodMeasure');
    if (
      percent &&
      reading.attribute(days, 'unitCode') === 'DAY' &&
      days &&
      /^\d{1,3}$/.test(days.text.trim()) &&
      issueDate
    )
      return { percent, until: daysAfter(issueDate, Number(days.text)) };
  }
  const said = terms.flatMap((term) => reading.many(term, 'ram:Description').map(({ text }) => text));
  return discountIn(said.join('\n'), issueDate);
}

function readLine(line: Element, at: string, reading: Reading) {
  const { many, one, text, words } = bound(reading);
  const status = 'ram:AssociatedDocumentLineDocument/ram:LineStatusReasonCode';
  if ((text(line, status) ?? 'DETAIL') !== 'DETAIL') reading.wrong(`${at}/${status}`, notCore);
  const agreement = one(line, 'ram:SpecifiedLineTradeAgreement');
  const delivery = one(line, 'ram:SpecifiedLineTradeDelivery');
  const settlement = one(line, 'ram:SpecifiedLineTradeSettlement');
  const [tax] = many(settlement, 'ram:ApplicableTradeTax');
  const price = 'ram:NetPriceProductTradePrice';
  const unit = reading.attribute(one(delivery, 'ram:BilledQuantity'), 'unitCode') ?? '';
  const priceUnit = reading.attribute(one(agreement, `${price}/ram:BasisQuantity`), 'unitCode') ?? unit;
  const charges = many(settlement, 'ram:SpecifiedTradeAllowanceCharge');
  return {
    lineNo: reading.needed(line, 'ram:AssociatedDocumentLineDocument/ram:LineID', at),
    poLineNo: text(agreement, 'ram:BuyerOrderReferencedDocument/ram:LineID') ?? null,
    poNumber: text(agreement, 'ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID') ?? null,
    description: words(line, 'ram:SpecifiedTradeProduct/ram:Name') ?? '',
    unit,
    quantity: reading.neededDecimal(delivery, 'ram:BilledQuantity', at),
    unitPrice: reading.neededDecimal(agreement, `${price}/ram:ChargeAmount`, at),
    priceBase: reading.decimal(agreement, `${price}/ram:BasisQuantity`, at) ?? '1',
    priceUnit: priceUnit === unit ? null : priceUnit,
    taxPercent: reading.decimal(tax, 'ram:RateApplicablePercent', at) ?? '0',
    adjustment: sumOf(reading.adjustments(charges, within, `${at}/ram:SpecifiedTradeAllowanceCharge`)),
    amount: reading.neededAmount(
      settlement,
      'ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount',
      at,
    ),
  };
}

/** What extensions of EN 16931 add to its sums. */
const notCore = 'is not of EN 16931, and changes its sums';

const within = { isCharge: 'ram:ChargeIndicator/udt:Indicator', amount: 'ram:ActualAmount' };
const onDocument = {
  ...within,
  percent: 'ram:CategoryTradeTax/ram:RateApplicablePercent',
  category: 'ram:CategoryTradeTax/ram:CategoryCode',
  reason: 'ram:Reason',
};

const bound = (reading: Reading) => ({
  many: reading.many.bind(reading),
  one: reading.one.bind(reading),
  text: reading.text.bind(reading),
  words: reading.words.bind(reading),
});
