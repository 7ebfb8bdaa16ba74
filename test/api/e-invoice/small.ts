/** One thing at 100.00, ordered and received, in either syntax; a test changes one part. */
export interface Small {
  profile?: string;
  root?: 'Invoice' | 'CreditNote';
  type?: string;
  number?: string;
  date?: string;
  currency?: string;
  vatId?: string;
  order?: string;
  account?: string;
  /** Elements as they stand, where a test needs other ones. */
  adjustments?: Adjusted[];
  lines?: Billed[];
  net?: string;
  tax?: string;
  gross?: string;
  prepaid?: string;
  rounding?: string;
  due?: string;
}

export interface Adjusted {
  isCharge: string;
  amount: string;
  percent?: string;
  category?: string;
}

export interface Billed {
  quantity?: string;
  unit?: string;
  price?: string;
  base?: string;
  baseUnit?: string;
  amount?: string;
  percent?: string;
  order?: string;
  line?: string;
  status?: string;
  adjustments?: Adjusted[];
}

const usual = {
  number: 'E-1',
  type: '380',
  date: '2026-06-12',
  currency: 'EUR',
  vatId: 'DE100200300',
  order: 'PO-700',
};
const sums = { net: '100.00', tax: '19.00', gross: '119.00' };
const usualLine = { quantity: '1', unit: 'C62', price: '100.00', amount: '100.00', percent: '19', line: '1' };
const core = 'urn:cen.eu:en16931:2017';

const element = (name: string, text: string | undefined, attributes = '') =>
  text === undefined ? '' : `<${name}${attributes}>${text}</${name}>`;

export function smallUbl(small: Small = {}): string {
  const all = { ...usual, ...sums, profile: core, root: 'Invoice', lines: [{}], adjustments: [], ...small };
  const { root, currency, due = all.gross } = all;
  const money = (name: string, text: string | undefined) => element(name, text, ` currencyID="${currency}"`);
  const category = (name: string, { percent, category = 'S' }: { percent?: string; category?: string }) =>
    `<cac:${name}>${element('cbc:ID', category)}${element('cbc:Percent', percent)}<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:${name}>`;
  const adjusted = (one: Adjusted) =>
    `<cac:AllowanceCharge><cbc:ChargeIndicator>${one.isCharge}</cbc:ChargeIndicator>${money('cbc:Amount', one.amount)}${one.percent || one.category ? category('TaxCategory', one) : ''}</cac:AllowanceCharge>`;
  const lines = all.lines.map((changed: Billed, n) => {
    const line = { ...usualLine, ...changed };
    const unit = ` unitCode="${line.unit}"`;
    const billed = root === 'Invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity';
    const ofOrder = line.order && `<cac:OrderReference><cbc:ID>${line.order}</cbc:ID></cac:OrderReference>`;
    return `<cac:${root}Line><cbc:ID>${n + 1}</cbc:ID>${element(billed, line.quantity, unit)}
      ${money('cbc:LineExtensionAmount', line.amount)}
      <cac:OrderLineReference><cbc:LineID>${line.line}</cbc:LineID>${ofOrder ?? ''}</cac:OrderLineReference>
      ${(line.adjustments ?? []).map(adjusted).join('')}
      <cac:Item><cbc:Name>Thing</cbc:Name>${category('ClassifiedTaxCategory', line)}</cac:Item>
      <cac:Price>${money('cbc:PriceAmount', line.price)}${element('cbc:BaseQuantity', line.base, line.baseUnit ? ` unitCode="${line.baseUnit}"` : '')}</cac:Price>
    </cac:${root}Line>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  ${element('cbc:CustomizationID', all.profile)}<cbc:ID>${all.number}</cbc:ID><cbc:IssueDate>${all.date}</cbc:IssueDate>
  <cbc:${root}TypeCode>${all.type}</cbc:${root}TypeCode><cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>
  ${all.order === '' ? '' : `<cac:OrderReference><cbc:ID>${all.order}</cbc:ID></cac:OrderReference>`}
  <cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>${all.vatId}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>Birkenhof Werkzeuge GmbH</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
  ${all.account === undefined ? '' : `<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>${all.account}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>`}
  ${all.adjustments.map(adjusted).join('')}
  <cac:TaxTotal>${money('cbc:TaxAmount', all.tax)}</cac:TaxTotal>
  <cac:LegalMonetaryTotal>${money('cbc:TaxExclusiveAmount', all.net)}${money('cbc:TaxInclusiveAmount', all.gross)}
    ${money('cbc:PrepaidAmount', all.prepaid)}${money('cbc:PayableRoundingAmount', all.rounding)}${money('cbc:PayableAmount', due)}</cac:LegalMonetaryTotal>
  ${lines.join('\n')}
</${root}>`;
}

export function smallCii(small: Small = {}): string {
  const all = { ...usual, ...sums, profile: core, lines: [{}], adjustments: [], ...small };
  const { due = all.gross } = all;
  const adjusted = ({ isCharge, amount, percent, category }: Adjusted) =>
    `<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>${isCharge}</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>${amount}</ram:ActualAmount>
    ${percent || category ? `<ram:CategoryTradeTax>${element('ram:CategoryCode', category)}${element('ram:RateApplicablePercent', percent)}</ram:CategoryTradeTax>` : ''}</ram:SpecifiedTradeAllowanceCharge>`;
  const lines = all.lines.map((changed: Billed, n) => {
    const line = { ...usualLine, ...changed };
    return `<ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>${n + 1}</ram:LineID>${element('ram:LineStatusReasonCode', line.status)}</ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:Name>Thing</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement><ram:BuyerOrderReferencedDocument>${element('ram:IssuerAssignedID', line.order)}<ram:LineID>${line.line}</ram:LineID></ram:BuyerOrderReferencedDocument>
        <ram:NetPriceProductTradePrice><ram:ChargeAmount>${line.price}</ram:ChargeAmount>${element('ram:BasisQuantity', line.base, line.baseUnit ? ` unitCode="${line.baseUnit}"` : '')}</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="${line.unit}">${line.quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:RateApplicablePercent>${line.percent}</ram:RateApplicablePercent></ram:ApplicableTradeTax>
        ${(line.adjustments ?? []).map(adjusted).join('')}
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${line.amount}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>`;
  });
  const date = all.date.startsWith('<')
    ? all.date
    : `<udt:DateTimeString format="102">${all.date.replaceAll('-', '')}</udt:DateTimeString>`;
  return `<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>${element('ram:ID', all.profile)}</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument><ram:ID>${all.number}</ram:ID><ram:TypeCode>${all.type}</ram:TypeCode><ram:IssueDateTime>${date}</ram:IssueDateTime></rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>${lines.join('\n')}
    <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Birkenhof Werkzeuge GmbH</ram:Name><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">${all.vatId}</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
      ${all.order === '' ? '' : `<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>${all.order}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>`}</ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>${all.currency}</ram:InvoiceCurrencyCode>
      ${all.account === undefined ? '' : `<ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>${all.account}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>`}
      ${all.adjustments.map(adjusted).join('')}
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>${all.net}</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="${all.currency}">${all.tax}</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>${all.gross}</ram:GrandTotalAmount>${element('ram:TotalPrepaidAmount', all.prepaid)}${element('ram:RoundingAmount', all.rounding)}<ram:DuePayableAmount>${due}</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;
}
