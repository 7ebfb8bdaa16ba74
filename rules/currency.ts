/** ISO 4217: the decimals of a currency, where they are not two. */
const decimals: Readonly<Record<string, number>> = {
  ...{ BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0 },
  ...{ XAF: 0, XOF: 0, XPF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4 },
};

/** Currencies that are counted in hundredths and whose smallest coin is a whole unit (CLDR: `cashDigits` 0). */
const wholeCoins: ReadonlySet<string> = new Set([
  ...['AFN', 'ALL', 'AMD', 'COP', 'CRC', 'CZK', 'GYD', 'HUF', 'IDR', 'IRR', 'KPW', 'LAK', 'LBP', 'MGA', 'MMK', 'MNT'],
  ...['MUR', 'NOK', 'PKR', 'RSD', 'SEK', 'SOS', 'SYP', 'TWD', 'TZS', 'UZS', 'YER'],
]);

/** The smallest unit of a currency is one part of ten to the power of this. */
export const decimalsOf = (currency: string): number => (Object.hasOwn(decimals, currency) ? decimals[currency]! : 2);

/** The coarsest step to which invoices in a currency are rounded by practice, in its smallest unit. */
export function coarsestStep(currency: string): number {
  const own = decimalsOf(currency);
  // EN 16931 writes amounts with two decimals, though a dinar has three.
  return 10 ** (wholeCoins.has(currency) ? own : Math.max(0, own - 2));
}

/** An amount as people write it: 1250 in EUR is 12.50, in JPY 1250. */
export const shownAmount = (amount: number, currency: string): string =>
  (amount / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));

/** The same with its currency: `12.50 EUR`. */
export const amountWithCurrency = (amount: number, currency: string): string =>
  `${shownAmount(amount, currency)} ${currency}`;

/** What people write as `amount`, in the smallest unit of its currency. */
export const smallestUnits = (amount: number, currency: string): number =>
  Math.round(amount * 10 ** decimalsOf(currency));

/** Of ISO 4217: none, or none that is known. */
export const noCurrency = 'XXX';
