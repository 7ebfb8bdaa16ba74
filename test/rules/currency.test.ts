import assert from 'node:assert/strict';
import { amountWithCurrency, smallestUnits } from '../../rules/currency.ts';
import { settlement } from '../../workflows/insurance-claim/letters.ts';

describe('an amount that people read', () => {
  const written: [number, string, string][] = [
    [125_050, 'EUR', '1250.50 EUR'],
    [1_250, 'JPY', '1250 JPY'],
    [1_250_500, 'KWD', '1250.500 KWD'],
    [125_050, 'HUF', '1250.50 HUF'],
    [5, 'USD', '0.05 USD'],
  ];
  for (const [amount, currency, says] of written)
    it(`has the decimals of its currency: ${says}`, () => {
      assert.equal(amountWithCurrency(amount, currency), says);
      assert.equal(smallestUnits(Number(says.split(' ')[0]), currency), amount);
    });

  it('has them in a letter about a settlement, too', () => {
    const notice = { claimId: 'C-1', dateOfLoss: '2026-03-01', currency: 'JPY' } as Parameters<typeof settlement>[0];
    assert.match(settlement(notice, null, 48_000), /We pay 48000 JPY, after a deductible of 0 JPY\./);
  });
});
