/** The same invoice twice: 4 hours of care at 52.50 and 10 filters at 3 for ten, with 1.50 off, of which 3 % for early payment. */
export const ubl = `<?xml version="1.0" encoding="UTF-8"?>
<u:Invoice xmlns:u="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <!-- the prefixes are the sender's own -->
  <b:ID>GP-77</b:ID>
  <b:IssueDate>2026-05-20</b:IssueDate>
  <b:DueDate>2026-06-19</b:DueDate>
  <b:InvoiceTypeCode>380</b:InvoiceTypeCode>
  <b:Note>Thank you &amp; see you again.</b:Note>
  <b:Note>&lt;b&gt;Pay at once&lt;/b&gt;</b:Note>
  <b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
  <cac:OrderReference><b:ID>PO-700</b:ID></cac:OrderReference>
  <cac:AdditionalDocumentReference><b:ID>1</b:ID><cac:Attachment>
    <b:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">JVBERi0xLjQK</b:EmbeddedDocumentBinaryObject>
  </cac:Attachment></cac:AdditionalDocumentReference>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyName><b:Name>Grünpflege</b:Name></cac:PartyName>
    <cac:PartyTaxScheme><b:CompanyID>12/345/6789</b:CompanyID><cac:TaxScheme><b:ID>FC</b:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyTaxScheme><b:CompanyID>DE100200300</b:CompanyID><cac:TaxScheme><b:ID>VAT</b:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><b:RegistrationName>Grünpflege Weber GmbH</b:RegistrationName></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:PaymentMeans><b:PaymentMeansCode>58</b:PaymentMeansCode><cac:PayeeFinancialAccount><b:ID>DE02120300000000202051</b:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:PaymentTerms><b:Note>#SKONTO#TAGE=10#PROZENT=3.00#</b:Note></cac:PaymentTerms>
  <cac:TaxTotal><b:TaxAmount currencyID="EUR">45.03</b:TaxAmount></cac:TaxTotal>
  <cac:TaxTotal><b:TaxAmount currencyID="SEK">512.30</b:TaxAmount></cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <b:LineExtensionAmount currencyID="EUR">238.50</b:LineExtensionAmount>
    <b:TaxExclusiveAmount currencyID="EUR">237.0</b:TaxExclusiveAmount>
    <b:TaxInclusiveAmount currencyID="EUR">282.03</b:TaxInclusiveAmount>
    <b:PayableAmount currencyID="EUR">282.03</b:PayableAmount>
  </cac:LegalMonetaryTotal>
  <cac:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator><b:Amount currencyID="EUR">1.50</b:Amount></cac:AllowanceCharge>
  <cac:InvoiceLine>
    <b:ID>1</b:ID><b:InvoicedQuantity unitCode="HUR">+4.00</b:InvoicedQuantity>
    <b:LineExtensionAmount currencyID="EUR">210</b:LineExtensionAmount>
    <cac:OrderLineReference><b:LineID>1</b:LineID></cac:OrderLineReference>
    <cac:Item><b:Name>Care</b:Name><cac:ClassifiedTaxCategory><b:ID>S</b:ID><b:Percent>19.00</b:Percent></cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price><b:PriceAmount currencyID="EUR">52.50</b:PriceAmount></cac:Price>
  </cac:InvoiceLine>
  <cac:InvoiceLine>
    <b:ID>2</b:ID><b:InvoicedQuantity unitCode="C62">100</b:InvoicedQuantity>
    <b:LineExtensionAmount currencyID="EUR">28.50</b:LineExtensionAmount>
    <cac:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator><b:Amount currencyID="EUR">1.5</b:Amount></cac:AllowanceCharge>
    <cac:Item><b:Name>Filter</b:Name><cac:ClassifiedTaxCategory><b:ID>S</b:ID><b:Percent>19</b:Percent></cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price><b:PriceAmount currencyID="EUR">3</b:PriceAmount><b:BaseQuantity unitCode="C62">10</b:BaseQuantity></cac:Price>
  </cac:InvoiceLine>
</u:Invoice>
`;

export const cii = `<?xml version="1.0" encoding="utf-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocument>
    <ram:ID>GP-77</ram:ID><ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">20260520</udt:DateTimeString></ram:IssueDateTime>
    <ram:IncludedNote><ram:Content>Thank you &amp; see you again.</ram:Content></ram:IncludedNote>
    <ram:IncludedNote><ram:Content><![CDATA[<b>Pay at once</b>]]></ram:Content></ram:IncludedNote>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:Name>Care</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement>
        <ram:BuyerOrderReferencedDocument><ram:LineID>1</ram:LineID></ram:BuyerOrderReferencedDocument>
        <ram:NetPriceProductTradePrice><ram:ChargeAmount>52.50</ram:ChargeAmount></ram:NetPriceProductTradePrice>
      </ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="HUR">4.0000000000000</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement>
        <ram:ApplicableTradeTax><ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>210.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
      </ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>2</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:Name>Filter</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement>
        <ram:NetPriceProductTradePrice><ram:ChargeAmount>3.00</ram:ChargeAmount><ram:BasisQuantity unitCode="C62">10</ram:BasisQuantity></ram:NetPriceProductTradePrice>
      </ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">100</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement>
        <ram:ApplicableTradeTax><ram:RateApplicablePercent>19.0</ram:RateApplicablePercent></ram:ApplicableTradeTax>
        <ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>1.50</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>28.50</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
      </ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty><ram:Name>Grünpflege Weber GmbH</ram:Name>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">12/345/6789</ram:ID></ram:SpecifiedTaxRegistration>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE100200300</ram:ID></ram:SpecifiedTaxRegistration>
      </ram:SellerTradeParty>
      <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>PO-700</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode>
        <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE02120300000000202051</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
      </ram:SpecifiedTradeSettlementPaymentMeans>
      <ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>1.50</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>
      <ram:SpecifiedTradePaymentTerms>
        <ram:DueDateDateTime><udt:DateTimeString format="102">20260619</udt:DateTimeString></ram:DueDateDateTime>
        <ram:ApplicableTradePaymentDiscountTerms><ram:BasisPeriodMeasure unitCode="DAY">10</ram:BasisPeriodMeasure><ram:CalculationPercent>3</ram:CalculationPercent></ram:ApplicableTradePaymentDiscountTerms>
      </ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:TaxBasisTotalAmount>237.00</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="EUR">45.03</ram:TaxTotalAmount>
        <ram:TaxTotalAmount currencyID="SEK">512.30</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>282.03</ram:GrandTotalAmount>
        <ram:DuePayableAmount>282.03</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
`;
