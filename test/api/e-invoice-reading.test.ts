import assert from 'node:assert/strict';
import { refusalOf, rulingOn } from './e-invoice/ruling.ts';
import { type Small, smallCii, smallUbl } from './e-invoice/small.ts';

const core = 'urn:cen.eu:en16931:2017';
const account = 'DE02120300000000202051';

describe('a value of an e-invoice', () => {
  const dates: [string, string][] = [
    ['with the offset of its sender', '2026-06-12+02:00'],
    ['west of Greenwich', '2026-06-12-11:30'],
    ['in UTC', '2026-06-12Z'],
    ['on lines of its own', '\n\t2026-06-12\r\n '],
    ['at the edge of the world', '2026-06-12+14:00'],
  ];
  for (const [sentence, date] of dates)
    it(`that is a day, ${sentence}, is that day`, () =>
      assert.equal(rulingOn(smallUbl({ date })).invoice.issueDate, '2026-06-12'));

  for (const date of [
    '2026-02-30',
    '2026-06-12+15:00',
    '2026-06-12+2:00',
    '12.06.2026',
    '20260612',
    '2026-06-12T00:00:00',
    '2026-6-12',
  ])
    it(`is no day of the calendar: ${date}`, () =>
      assert.match(refusalOf(smallUbl({ date })), /IssueDate is no day of the calendar/));

  it('that is a day in CII has the form 102, or is a time', () => {
    const of = (date: string) => rulingOn(smallCii({ date })).invoice.issueDate;
    assert.equal(of('<udt:DateTimeString format=" 102 "> 20260612\n</udt:DateTimeString>'), '2026-06-12');
    assert.equal(of('<udt:DateTime>2026-06-12T23:30:00-05:00</udt:DateTime>'), '2026-06-12');
    const month = '<udt:DateTimeString format="610">202606</udt:DateTimeString>';
    assert.match(refusalOf(smallCii({ date: month })), /IssueDateTime is of the form 610, not 102/);
  });

  const decimals = ['100', '+100', '100.', '0100.00', ' \n100.0 ', '+0100.', '100.00000000000000000000'];
  for (const amount of decimals)
    it(`that is a decimal is the same number as ${JSON.stringify(amount)}`, () =>
      assert.equal(rulingOn(smallUbl({ lines: [{ amount, price: amount }] })).rule, 'ok'));

  it('that is a decimal may have no digit before its point, and more after it than a double holds', () => {
    const price = '.3333333333333333';
    const { invoice } = rulingOn(smallUbl({ lines: [{ quantity: '300', price }] }));
    assert.deepEqual([invoice.lines[0]!.unitPrice, invoice.lines[0]!.quantity], ['0.3333333333333333', '300']);
  });

  for (const amount of ['1e2', '1 00', '1,00', '', '.', '+', 'INF', '0x64', '１００'])
    it(`is no decimal: ${JSON.stringify(amount)}`, () =>
      assert.match(refusalOf(smallUbl({ lines: [{ amount }] })), /LineExtensionAmount is not a decimal number/));

  for (const isCharge of ['TRUE', 'yes', '2', ''])
    it(`is neither a charge nor an allowance: ${JSON.stringify(isCharge)}`, () =>
      assert.match(
        refusalOf(smallUbl({ adjustments: [{ isCharge, amount: '1' }] })),
        /ChargeIndicator (is neither true nor false|is missing)/,
      ));

  it('has its blanks collapsed where it is a name, and its words kept where it is a text', () => {
    const { invoice } = rulingOn(smallUbl({ number: '\n  E 1\t 7 ', type: ' 380 ', currency: 'EUR' }));
    assert.deepEqual([invoice.invoiceNumber, invoice.typeCode], ['E 1 7', '380']);
    const words = smallUbl().replace('<cbc:Name>Thing<', '<cbc:Name>\nThing,\n  blue<');
    assert.equal(rulingOn(words).invoice.lines[0]!.description, 'Thing,\n  blue');
  });

  it('names its currency with blanks around it', () =>
    assert.equal(rulingOn(smallUbl().replaceAll('currencyID="EUR"', 'currencyID=" EUR&#9;"')).rule, 'ok'));
});

describe('the profile of an e-invoice', () => {
  const taken = [
    undefined,
    core,
    ` ${core}\n`,
    `${core}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0`,
    `${core}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0#compliant#urn:www.difi.no:ehf:ver3.0`,
    `${core}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0`,
    `${core}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0`,
    `${core}#compliant#urn:factur-x.eu:1p0:basic`,
    `${core}:compliant:factur-x.eu:1p0:en16931`,
    `${core}#compliant#urn:fdc:nen.nl:nlcius:v1.0`,
  ];
  for (const profile of taken)
    it(`is one that is taken: ${profile ?? 'none'}`, () => {
      const small: Small = profile === undefined ? {} : { profile };
      for (const write of [smallUbl, smallCii]) assert.equal(rulingOn(write(small)).rule, 'ok');
    });
  it('may be left out', () => {
    const without = smallUbl().replace(/<cbc:CustomizationID>[^<]*<\/cbc:CustomizationID>/, '');
    assert.equal(rulingOn(without).rule, 'ok');
  });

  const refused = [
    `${core}#conformant#urn:factur-x.eu:1p0:extended`,
    `${core}#conformant#urn:zugferd.de:2p0:extended`,
    `${core}:compliant:factur-x.eu:1p0:extended`,
    `${core}#conformant#urn:fdc:nen.nl:gaccount:v1.0`,
    'urn:factur-x.eu:1p0:minimum',
    'urn:factur-x.eu:1p0:basicwl',
    'urn:ferd:CrossIndustryDocument:invoice:1p0:comfort',
    'urn:peppol:pint:billing-1@jp-1',
    'OIOUBL-2.02',
    'urn:cen.eu:en16931:20170',
  ];
  for (const profile of refused)
    it(`is one that is refused by its name: ${profile}`, () => {
      for (const write of [smallUbl, smallCii]) {
        const refusal = refusalOf(write({ profile }));
        assert.ok(refusal.startsWith(`document-unsupported: It names the profile ${profile}, which is `), refusal);
      }
    });

  it('of EN 16931 has no lines that sum up others', () => {
    const lines = [{ status: 'GROUP' }, { status: 'INFORMATION', amount: '60' }];
    assert.match(refusalOf(smallCii({ lines })), /LineStatusReasonCode is not of EN 16931, and changes its sums/);
    assert.equal(rulingOn(smallCii({ lines: [{ status: 'DETAIL' }] })).rule, 'ok');
  });

  it('of EN 16931 has no charges for logistics', () => {
    const freight =
      '<ram:SpecifiedLogisticsServiceCharge><ram:AppliedAmount>5</ram:AppliedAmount></ram:SpecifiedLogisticsServiceCharge>';
    const at = '<ram:SpecifiedTradeSettlementHeaderMonetarySummation>';
    assert.match(refusalOf(smallCii().replace(at, freight + at)), /LogisticsServiceCharge is not of EN 16931/);
  });
});

describe('a name in an e-invoice', () => {
  const accounts = [
    'DE02 1203 0000 0000 2020 51',
    account.toLowerCase(),
    'IBAN: DE02 1203 0000 0000 2020 51',
    'DE02\u00a01203\u00a00000\u00a00000\u00a02020\u00a051',
    'DE02-1203-0000-0000-2020-51',
    'ＤＥ02120300000000202051',
  ];
  for (const written of accounts)
    it(`is the account on file, and paid to as it stands there: ${written}`, () => {
      for (const write of [smallUbl, smallCii]) {
        const { rule, posting } = rulingOn(write({ account: written }));
        assert.deepEqual([rule, posting.payTo], ['ok', account]);
      }
    });
  for (const written of [
    'DE75 5121 0800 1245 1261 99',
    'DE02120300000000202052',
    'DE0212030000000020205',
    '02120300000000202051',
  ])
    it(`is another account: ${written}`, () =>
      assert.equal(rulingOn(smallUbl({ account: written })).rule, 'bank-detail-change'));

  it('is the order that its line names, where the whole of it names none', () => {
    for (const write of [smallUbl, smallCii]) {
      const { rule, posting } = rulingOn(write({ order: '', lines: [{ order: 'PO-700' }] }));
      assert.deepEqual([rule, posting.poNumber], ['ok', 'PO-700']);
    }
  });

  it('is one order, written in two ways', () =>
    assert.equal(rulingOn(smallUbl({ order: 'po-700 ', lines: [{ order: 'PO -700' }] })).rule, 'ok'));

  it('is none where Peppol writes NA', () => {
    const { invoice } = rulingOn(smallUbl({ order: 'NA', lines: [{ line: 'NA', order: 'PO-700' }] }));
    assert.deepEqual([invoice.poNumber, invoice.lines[0]!.poLineNo], [null, null]);
    assert.equal(rulingOn(smallUbl({ order: 'NA', lines: [{ order: 'PO-700' }] })).rule, 'ok');
  });

  it('of a line that the document does not give is looked for by a person, and the supplier is told nothing', () => {
    const { rule, notice } = rulingOn(smallUbl({ lines: [{ line: 'NA' }] }));
    assert.deepEqual([rule, notice], ['line-not-on-po', false]);
  });

  const half = { price: '50', amount: '50' };
  const several: Small[] = [
    {
      order: '',
      lines: [
        { ...half, order: 'PO-700' },
        { ...half, order: 'PO-701' },
      ],
    },
    { order: 'PO-700', lines: [{ order: 'PO-701' }] },
    { order: 'PO-700', lines: [half, { ...half, order: 'PO-701' }] },
  ];
  for (const [n, small] of several.entries())
    it(`is one order of several, which a person matches, and the supplier is told nothing (${n + 1})`, () => {
      const { rule, notice, findings, posting } = rulingOn(smallUbl(small), {}, { order: null });
      assert.deepEqual([rule, notice, posting.poNumber], ['several-orders', false, null]);
      assert.match(findings[0]!.says, /PO-700, PO-701$/);
    });

  it('is missing where neither the whole nor a line names an order', () => {
    const { rule, findings } = rulingOn(smallUbl({ order: '' }), {}, { order: null });
    assert.deepEqual([rule, findings[0]!.says], ['missing-po', 'the invoice names no order']);
  });

  it('is the line of the order, whatever zeros lead it', () => {
    const { rule, posting } = rulingOn(smallUbl({ lines: [{ line: '0001' }] }));
    assert.deepEqual([rule, posting.lines[0]!.poLineNo], ['ok', '1']);
  });
});

describe('an e-invoice in another encoding', () => {
  const text = smallUbl().replace('UTF-8', 'UTF-16');
  const little = Buffer.from(text, 'utf16le');
  const bom = Buffer.from('\uFEFF', 'utf16le');
  for (const [name, bytes] of Object.entries({
    'UTF-16, little end first': Buffer.concat([bom, little]),
    'UTF-16, big end first': Buffer.concat([bom, little]).swap16(),
    'UTF-16 without a mark': little,
  }))
    it(`is refused as such: ${name}`, () =>
      assert.equal(refusalOf(bytes), 'xml-invalid: It is UTF-16 or UTF-32, not UTF-8'));
  it('is read where it is UTF-8 with a mark', () => assert.equal(refusalOf(`\uFEFF${smallUbl()}`), 'taken'));
});
