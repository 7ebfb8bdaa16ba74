import assert from 'node:assert/strict';
import { type Language, languages } from '../../console/src/language/languages.ts';
import { money, readAmount, typedAmount } from '../../console/src/shared/amounts.ts';
import { readDecimal } from '../../console/src/shared/numbers.ts';

describe('An amount that somebody types', () => {
  const read = (language: Language, typed: string, currency: string | undefined = 'EUR') =>
    readAmount(typed, currency, language);

  it('is read as it is written in the language, with or without its currency', () => {
    assert.deepEqual(
      ['1234.5', '1,234.50', '549', ' €12 ', '12 EUR', '-12.5', '1 234.50', '12,5'].map((typed) => read('en', typed)),
      [123_450, 123_450, 54_900, 1_200, 1_200, -1_250, 123_450, 1_250],
    );
    assert.deepEqual(
      ['1234,5', '1.234,50', '1.234', '12.50', '12,5', '1.234,50 EUR'].map((typed) => read('de', typed)),
      [123_450, 123_450, 123_400, 1_250, 1_250, 123_450],
    );
    assert.deepEqual([read('en', '1,234', 'JPY'), read('en', '1.234', 'KWD')], [1_234, 1_234]);
    assert.equal(readAmount('12.50', undefined, 'en'), 1_250);
    assert.equal(readDecimal('0,84', 'de'), '0.84');
  });

  it('is not read where it could be two, or none', () => {
    for (const typed of ['', 'twelve', '1.234', '12.345', '1,2345', '1e5'])
      assert.equal(read('en', typed), undefined, typed);
    for (const typed of ['1,234', '1,234.50', '5,0.0']) assert.equal(read('de', typed), undefined, typed);
  });

  it('is not read in another currency than its own', () => {
    for (const typed of ['12 USD', '$12', 'GBP 12', '12 EUR USD']) assert.equal(read('en', typed), undefined, typed);
    assert.deepEqual([read('en', '$12', 'USD'), read('de', '12 CHF', 'CHF')], [1_200, 1_200]);
  });

  it('has the digits that ISO 4217 gives its currency, also where shops write none', () => {
    const shown = ['HUF', 'IDR', 'IQD', 'JPY', 'CLF'].map((currency) => money(1_234_500, currency, 'en'));
    assert.deepEqual(
      shown.map((text) => text.replace(/^\D+/, '')),
      ['12,345.00', '12,345.00', '1,234.500', '1,234,500', '123.4500'],
    );
    assert.deepEqual([read('de', '12.345,50', 'HUF'), read('en', '500', 'HUF')], [1_234_550, 50_000]);
  });

  it('is read again just as it is shown to be changed', () => {
    assert.deepEqual(
      [typedAmount(1_234, 'JPY', 'de'), typedAmount(-5, 'EUR', 'de'), typedAmount(123_450, undefined, 'en')],
      ['1.234', '-0,05', '1,234.50'],
    );
    for (const language of languages)
      for (const minor of [0, -5, 99, 123_450, 99_999_999_999])
        for (const currency of ['EUR', 'JPY', 'KWD'])
          assert.equal(read(language, typedAmount(minor, currency, language), currency), minor);
  });
});
