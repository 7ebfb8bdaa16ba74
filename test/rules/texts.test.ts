import assert from 'node:assert/strict';
import { holdsLink, names } from '../../rules/texts.ts';

const links = [
  'see https://pay.evil.example',
  'see hxxp://evil.example',
  'HTTPS://EVIL.EXAMPLE',
  'at www.evil.example',
  'at www.1.2',
  'pay at evil.example today',
  'pay at evil.zip',
  'at b\u00fccher.example',
  'at e\u200bvil.ex\u00adample',
  'at \uff45\uff56\uff49\uff4c\uff0e\uff43\uff4f\uff4d',
  'write to paul@prices.example',
  'write to paul@localhost',
  'mailto:paul',
  'call tel:+442055',
  'at 192.0.2.7/pay',
];
const none = [
  '',
  'Invoice B-2026-17: please credit 42.00. The price of 310.00 is agreed.',
  '9 each, ordered at 2.5: 650.00 more on the line; e.g. line 1.',
  'Rechnung vom 17.05.2026, Pos. 3',
  'We cannot accept your invoice INV.RE.0017.',
];

describe('a text', () => {
  for (const text of links) it(`holds a link: ${text}`, () => assert.equal(holdsLink(text, 'INV.RE.0017'), true));
  for (const text of none) it(`holds no link: ${text}`, () => assert.equal(holdsLink(text, 'INV.RE.0017'), false));

  it('holds a link where the reference itself is one', () =>
    assert.equal(holdsLink('Your invoice https://evil.example.', 'https://evil.example'), true));
  it('holds a link beside a reference that looks like one', () =>
    assert.equal(holdsLink('Your invoice INV.RE.0017, see evil.example', 'INV.RE.0017'), true));

  it('names a reference, and not another that begins or ends alike', () => {
    for (const text of ['Invoice FN-1: no.', '(FN-1)', 'FN-1, FN-10', 'FN-1'])
      assert.equal(names(text, 'FN-1'), true, text);
    for (const text of ['Invoice FN-10', 'AFN-1', 'FN-1-2', '2-FN-1', 'fn 1', ''])
      assert.equal(names(text, 'FN-1'), false, text);
  });
});
