import assert from 'node:assert/strict';
import * as canonical from '../../rules/canonical.ts';

interface Kind {
  form: (text: string) => string;
  same: [string, string][];
  others: [string, string][];
}

const kinds: Record<string, Kind> = {
  'a user or a group of a directory': {
    form: canonical.directoryName,
    same: [
      ['payroll-clerk', 'Payroll-Clerk'],
      ['E-703', 'e-703'],
      ['anna.lindqvist@brook.example', 'Anna.Lindqvist@BROOK.example'],
      ['Zo\u00eb', 'ZOE\u0308'],
      ['ΟΔΟΣ', 'οδος'],
      ['οδοσ', 'οδος'],
    ],
    others: [
      ['E-703', 'E-703 '],
      ['payroll clerk', 'payroll-clerk'],
      ['payrollclerk', 'payroll-clerk'],
      ['admin', 'adm\u0131n'], // a letter of its own, not a spelling of the other
      ['straße', 'strasse'],
      ['ａdmin', 'admin'],
    ],
  },
  'a company, a place or an entry of a list': {
    form: canonical.plainName,
    same: [
      ['Ahrenglas GmbH', 'AHRENGLAS  GMBH'],
      [' Racing', 'racing\u00a0'],
      ['OH', 'oh'],
    ],
    others: [
      ['Ahrenglas GmbH', 'Ahrenglas AG'],
      ['police_report', 'police report'],
      ['Nordwind', 'Nord wind'],
    ],
  },
  'an account': {
    form: canonical.iban,
    same: [
      ['NL91 ABNA 0417 1643 00', 'NL91ABNA0417164300'],
      ['nl91abna0417164300', 'NL91ABNA0417164300'],
      ['IBAN: NL91\u00a0ABNA\u202f0417 1643 00', 'NL91ABNA0417164300'],
      ['ＮＬ91ABNA0417164300', 'NL91ABNA0417164300'],
      ['NL91-ABNA-0417-1643-00', 'NL91ABNA0417164300'],
      ['NL91.ABNA.0417.1643.00', 'NL91ABNA0417164300'],
      ['IBAN:NL91\u00adABNA0417164300', 'NL91ABNA0417164300'],
    ],
    others: [
      ['NL91ABNA0417164300', 'NL91ABNA0417164301'],
      ['NL91ABNA0417164300', 'NL91ABNA041716430'],
    ],
  },
  'a VAT number': {
    form: canonical.vatNumber,
    same: [
      ['DE 814 596 462', 'de814596462'],
      ['CHE-123.456.788', 'CHE123456788'],
      ['BE 0428.759.497', 'BE0428759497'],
      ['GR 094 259 216', 'EL094259216'],
      ['FR\u201140_303\u2212265045', 'FR40303265045'],
    ],
    others: [
      ['DE814596462', 'AT814596462'],
      ['DE814596462', '814596462'],
      ['GB094259216', 'EL094259216'],
      ['GRAND', 'ELAND'],
    ],
  },
  'an order': {
    form: canonical.orderNumber,
    same: [
      ['po-4711', 'PO-4711'],
      ['PO 4711', 'PO4711'],
      ['\u200bPO-4711\n', 'PO-4711'],
      ['PO–4711', 'PO-4711'],
      ['PO‑4711', 'PO−4711'],
      ['PO\u00ad-4711\u200e', 'PO-4711'],
    ],
    others: [
      ['PO-4711', 'PO-47-11'],
      ['PO-4711', 'PO-04711'],
      ['4711', '47.11'],
    ],
  },
  'a line of an order': {
    form: canonical.lineNumber,
    same: [
      ['10', '00010'],
      [' 1', '1'],
      ['a–1', 'A-1'],
    ],
    others: [
      ['10', '1'],
      ['0', ''],
      ['1.0', '10'],
    ],
  },
  'an invoice': {
    form: canonical.invoiceNumber,
    same: [
      ['B-2026-17', ' 00b/2026 . 1_7'],
      ['B–2026‑17', 'B-2026-17'],
      ['SG-0417-', 'sg 0417'],
    ],
    others: [
      ['B-2026-17', 'B-2026-170'],
      ['B-2026-17', 'C-2026-17'],
      ['17', '107'],
    ],
  },
  'an e-mail address': {
    form: canonical.emailAddress,
    same: [
      ['Lena@Mail.Example', 'lena@mail.example'],
      [' <lena@mail.example> ', 'lena@mail.example'],
      ['mailto:lena@mail.example', 'lena@mail.example'],
    ],
    others: [
      ['lena+news@mail.example', 'lena@mail.example'],
      ['l.ena@mail.example', 'lena@mail.example'],
      ['lena@mail.example', 'lena@mail.example.org'],
    ],
  },
  'a mailbox': {
    form: canonical.mailbox,
    same: [
      ['lena+news@mail.example', 'LENA@mail.example'],
      ['j.doe@googlemail.com', 'jdoe@gmail.com'],
    ],
    others: [
      ['l.ena@mail.example', 'lena@mail.example'],
      ['lena@mail.example@else.example', 'lena@mail.example'],
      ['not an address', 'notanaddress@mail.example'],
    ],
  },
  'a domain': {
    form: canonical.mailDomain,
    same: [
      ['Brook.EXAMPLE', 'brook.example'],
      ['brook.example.', 'brook.example'],
    ],
    others: [['www.brook.example', 'brook.example']],
  },
};

describe('the canonical form of a name', () => {
  for (const [kind, { form, same, others }] of Object.entries(kinds)) {
    it(`of ${kind} is one for all its spellings, and another for another`, () => {
      for (const [a, b] of same) assert.equal(form(a), form(b), `${a} | ${b}`);
      for (const [a, b] of others) assert.notEqual(form(a), form(b), `${a} | ${b}`);
    });

    it(`of ${kind} is its own canonical form`, () => {
      for (const name of [...same, ...others].flat()) assert.equal(form(form(name)), form(name), name);
    });
  }
});
