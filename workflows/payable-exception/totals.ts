import { coarsestStep, decimalsOf, shownAmount } from '../../rules/currency.ts';
import { decimal, percentOf, rounded, shown, times } from '../../rules/decimal.ts';
import type { Found, Invoice, InvoiceLine, Tolerances } from './types.ts';

/** Whether the invoice adds up in itself. Only what its own numbers prove wrong is called so. */
export function totals(invoice: Invoice, tolerances: Tolerances): Found[] {
  const { lines, adjustment, currency, net, tax, gross } = invoice;
  const step = stepOf(invoice);
  const tolerance = Math.max(tolerances.totalRounding, step > 1 ? step : 0);
  const money = (amount: number) => shownAmount(amount, currency);
  const found: Found[] = lines.flatMap((line) => lineTotal(line, currency, tolerance));
  const wrong = (exception: Found['exception'], says: string) => found.push({ exception, says });

  const linesNet = lines.reduce((sum, { amount }) => sum + amount, 0) + adjustment;
  if (Math.abs(linesNet - net) > tolerance)
    wrong('arithmetic-error', `the lines come to ${money(linesNet)}, the net total is ${money(net)}`);
  if (Math.abs(net + tax - gross) > tolerance)
    wrong('arithmetic-error', `net and tax come to ${money(net + tax)}, the total is ${money(gross)}`);

  const { least, most, rates } = taxOf(invoice);
  const taxTolerance = Math.max(tolerances.taxRounding, step > 1 ? step * rates : 0);
  if (tax < least - taxTolerance || tax > most + taxTolerance) {
    const expected = least === most ? money(least) : `between ${money(least)} and ${money(most)}`;
    wrong('tax-mismatch', `the tax of the lines is ${expected}, the invoice says ${money(tax)}`);
  }
  return [...found, ...amountDue(invoice, tolerances, tolerance)];
}

/** In the smallest unit: who writes whole forints has rounded to them. */
function stepOf({ currency, net, tax, gross }: Invoice): number {
  const step = coarsestStep(currency);
  return [net, tax, gross].every((amount) => amount % step === 0) ? step : 1;
}

/** EN 16931 says what a line's amount is made of and has no rule that it must be: who sees another one asks, and accuses nobody. */
function lineTotal(line: InvoiceLine, currency: string, tolerance: number): Found[] {
  const { lineNo, quantity, unit, unitPrice, priceBase, priceUnit, amount, adjustment } = line;
  if (priceUnit) {
    const says = `the price is for ${priceBase} ${priceUnit}, the quantity is in ${unit}`;
    return [{ exception: 'sum-unclear', lineNo, says }];
  }
  const product = times(decimal(quantity), decimal(unitPrice));
  const computed = rounded(product, decimal(priceBase), decimalsOf(currency)) + adjustment;
  if (Math.abs(computed - amount) <= tolerance) return [];
  const says = `${quantity} at ${unitPrice} is ${shownAmount(computed, currency)}, not ${shownAmount(amount, currency)}`;
  return [{ exception: 'sum-unclear', lineNo, says }];
}

/** By rate, each rate's sum rounded on its own; within bounds where an adjustment does not say its rate. */
function taxOf({ lines, adjustment, adjustments }: Invoice): { least: number; most: number; rates: number } {
  const rated = adjustments.flatMap(({ amount, taxPercent }) => (taxPercent === null ? [] : [{ amount, taxPercent }]));
  const unrated = adjustment - rated.reduce((sum, { amount }) => sum + amount, 0);
  const taxed = [...lines, ...rated];
  const percents = unrated === 0 ? ['0'] : ['0', ...taxed.map(({ taxPercent }) => taxPercent)];
  const possible = percents.map((taxPercent) => byRate([...taxed, { amount: unrated, taxPercent }]));
  const sums = possible.map((taxes) => taxes.reduce((sum, one) => sum + one, 0));
  return { least: Math.min(...sums), most: Math.max(...sums), rates: possible[0]!.length };
}

function byRate(taxed: { amount: number; taxPercent: string }[]): number[] {
  // `19` and `19.00` are one rate.
  const groups = Map.groupBy(taxed, ({ taxPercent }) => shown(decimal(taxPercent)));
  return [...groups].map(([rate, group]) =>
    percentOf(
      group.reduce((sum, { amount }) => sum + amount, 0),
      rate,
    ),
  );
}

/** EN 16931: total less what is prepaid, plus rounding. */
export const dueOf = ({ gross, prepaid, rounding, amountDue }: Invoice): number =>
  amountDue ?? gross - prepaid + rounding;

function amountDue(invoice: Invoice, { payableRounding }: Tolerances, tolerance: number): Found[] {
  const { currency, gross, prepaid, rounding } = invoice;
  const money = (amount: number) => shownAmount(amount, currency);
  const due = dueOf(invoice);
  const computed = gross - prepaid + rounding;
  // Where coins are whole, sums are rounded to five of them.
  const mostRounding = Math.max(payableRounding, 5 * coarsestStep(currency));
  if (prepaid === 0 && Math.abs(rounding) < mostRounding && Math.abs(due - computed) <= tolerance) return [];
  const less = prepaid === 0 ? '' : `, of which ${money(prepaid)} are said to be paid`;
  const plus = rounding === 0 ? '' : `, rounded by ${money(rounding)}`;
  const says = `${money(due)} is said to be due of a total of ${money(gross)}${less}${plus}`;
  return [{ exception: 'amount-due-differs', says }];
}
