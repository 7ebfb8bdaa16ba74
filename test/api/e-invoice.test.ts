import assert from 'node:assert/strict';
import { readEInvoice } from '../../api/e-invoice/read.ts';
import { Problem } from '../../api/problems.ts';
import { definition } from '../../workflows/payable-exception/definition.ts';
import { cii, ubl } from './e-invoice/documents.ts';

const read = (text: string) => readEInvoice(Buffer.from(text), 'M-1');

/** The problem's code, with the first field that is wrong. */
function refusalOf(text: string | Buffer): string {
  try {
    readEInvoice(Buffer.from(text as string), 'M-1');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [error.code, ...error.errors.slice(0, 1).map(({ field, message }) => `${field} ${message}`)].join(': ');
  }
  return 'taken';
}

const change = (from: string | RegExp, to: string) => {
  const changed = ubl.replace(from, to);
  assert.notEqual(changed, ubl);
  return changed;
};

describe('an e-invoice', () => {
  const request = {
    messageId: 'M-1',
    channel: 'e-invoice',
    supplier: { vatId: 'DE100200300', name: 'Grünpflege Weber GmbH' },
    invoice: {
      ...{ invoiceNumber: 'GP-77', issueDate: '2026-05-20', dueDate: '2026-06-19', typeCode: '380', currency: 'EUR' },
      ...{ iban: 'DE02120300000000202051', poNumber: 'PO-700' },
      remark: 'Thank you & see you again.\n<b>Pay at once</b>',
      discount: { percent: '3', until: '2026-05-30' },
      lines: [
        {
          ...{ lineNo: '1', poLineNo: '1', poNumber: null, description: 'Care', unit: 'HUR', quantity: '4' },
          ...{ unitPrice: '52.5', priceBase: '1', priceUnit: null, taxPercent: '19', adjustment: 0, amount: 21_000 },
        },
        {
          ...{ lineNo: '2', poLineNo: null, poNumber: null, description: 'Filter', unit: 'C62', quantity: '100' },
          ...{ unitPrice: '3', priceBase: '10', priceUnit: null, taxPercent: '19', adjustment: -150, amount: 2_850 },
        },
      ],
      ...{ adjustment: -150, adjustments: [{ amount: -150, taxPercent: null, reason: null }] },
      ...{ prepaid: 0, rounding: 0, net: 23_700, tax: 4_503, gross: 28_203, amountDue: 28_203 },
    },
  };

  for (const [name, text] of Object.entries({ UBL: ubl, CII: cii })) {
    it(`as ${name} is the request that our JSON would be`, () => {
      assert.deepEqual(definition.request.parse(read(text)), request);
    });
  }

  const wrong: Record<string, [string | Buffer, RegExp]> = {
    'that ends early': [ubl.slice(0, 900), /^xml-invalid$/],
    'with a DOCTYPE': [change('?>', '?><!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/hostname">]>'), /^xml-invalid$/],
    'with an entity that nobody declared': [change('GP-77', '&x;'), /^xml-invalid$/],
    'with NUL': [change('GP-77', 'GP&#0;77'), /^xml-invalid$/],
    'in another encoding': [change('UTF-8', 'ISO-8859-1'), /^xml-invalid$/],
    'that is not UTF-8': [Buffer.from(change('UTF-8', 'utf-8'), 'latin1'), /^xml-invalid$/],
    'with a prefix that is bound to nothing': [change(/xmlns:cac="[^"]*"/, ''), /^xml-invalid$/],
    'nested without end': [`${'<a>'.repeat(60)}${'</a>'.repeat(60)}`, /^xml-invalid$/],
    'of elements without number': [`<a>${'<b/>'.repeat(60_000)}</a>`, /^xml-invalid$/],
    'that is nothing': ['', /^xml-invalid$/],
    'that is another document': [ubl.replaceAll('u:Invoice', 'u:Catalogue'), /^document-unsupported$/],
    'in no namespace': ['<Invoice/>', /^document-unsupported$/],
    'without a number': [change('<b:ID>GP-77</b:ID>', ''), /\/cbc:ID is missing/],
    'with an empty number': [change('GP-77', '  '), /\/cbc:ID is missing/],
    'with two numbers': [change('<b:ID>GP-77</b:ID>', '<b:ID>GP-77</b:ID><b:ID>GP-78</b:ID>'), /cbc:ID is there twice/],
    'without a date': [change(/<b:IssueDate>.*/, ''), /cbc:IssueDate is missing/],
    'of a day that never was': [change('2026-05-20', '2026-02-30'), /cbc:IssueDate is no day/],
    'without a currency': [change(/<b:DocumentCurrencyCode>.*/, ''), /cbc:DocumentCurrencyCode is missing/],
    'with an amount in another currency': [change('EUR">210', 'USD">210'), /LineExtensionAmount is in USD/],
    'without lines': [ubl.replace(/<cac:InvoiceLine>[^]*<\/cac:InvoiceLine>/, ''), /cac:InvoiceLine is missing/],
    'without a total': [change(/<b:TaxInclusiveAmount.*/, ''), /cbc:TaxInclusiveAmount is missing/],
    'with an amount in words': [change('>210<', '>two hundred<'), /LineExtensionAmount is not a decimal/],
    'with a decimal comma': [change('>210<', '>210,00<'), /LineExtensionAmount is not a decimal/],
    'with an exponent': [change('>210<', '>2.1e2<'), /LineExtensionAmount is not a decimal/],
    'with NaN': [change('>210<', '>NaN<'), /LineExtensionAmount is not a decimal/],
    'with parts of a cent': [change('>210<', '>210.005<'), /LineExtensionAmount has more than two decimals/],
    'with a sum beyond counting': [change('>210<', `>${'9'.repeat(20)}<`), /LineExtensionAmount is too large/],
  };
  for (const [name, [text, code]] of Object.entries(wrong))
    it(`${name} is refused, and told where`, () => assert.match(refusalOf(text), code));

  it('that does not add up is taken: somebody must look at it', () => {
    for (const text of [change('>282.03<', '>300<'), change('+4.00', '-4'), change('>DE02', '>DE03')])
      assert.equal(refusalOf(text), 'taken');
  });
});
