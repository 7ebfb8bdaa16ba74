import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';

const { API_URL = 'http://127.0.0.1:8080', DATA_DIR = '.data' } = process.env;
// In production: what WEBHOOK_SECRETS holds for this source.
const secret = process.env['WEBHOOK_SECRET'] ?? readFileSync(`${DATA_DIR}/webhook-secret`, 'utf8').trim();

const invoice = `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>KE-20499</cbc:ID>
  <cbc:IssueDate>2026-06-12</cbc:IssueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:OrderReference><cbc:ID>PO-6001</cbc:ID></cac:OrderReference>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyTaxScheme>
      <cbc:CompanyID>DE301001001</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
    </cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>Kupferbach Elektro GmbH</cbc:RegistrationName></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">11.88</cbc:TaxAmount></cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:TaxExclusiveAmount currencyID="EUR">62.50</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">74.38</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="EUR">74.38</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID>
    <cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">62.50</cbc:LineExtensionAmount>
    <cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference>
    <cac:Item>
      <cbc:Name>Cable drum, 50 m</cbc:Name><cac:ClassifiedTaxCategory><cbc:Percent>19</cbc:Percent></cac:ClassifiedTaxCategory>
    </cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">62.50</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
</Invoice>`;

// Whoever sends it again, under the same id, is answered with the same case.
const id = 'example-3';
const now = new Date();
const response = await fetch(`${API_URL}/hooks/example`, {
  method: 'POST',
  headers: {
    'content-type': 'application/xml',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, now, invoice),
  },
  body: invoice,
});
console.log(response.status, await response.text());
