import { decimal, hundredths, plus, times } from '../../rules/decimal.ts';
import type { Found, Invoice, Tolerances } from './types.ts';

/** Whether the invoice adds up in itself. */
export function totals(invoice: Invoice, { totalRounding, taxRounding }: Tolerances): Found[] {
  const { lines, adjustment, net, tax, gross, amountDue } = invoice;
  const found: Found[] = [];
  const wrong = (exception: Found['exception'], says: string, lineNo?: string) =>
    found.push({ exception, says, ...(lineNo === undefined ? {} : { lineNo }) });

  for (const line of lines) {
    const { quantity, unitPrice, priceBase, amount } = line;
    const computed = hundredths(times(decimal(quantity), decimal(unitPrice)), decimal(priceBase)) + line.adjustment;
    if (Math.abs(computed - amount) > totalRounding)
      wrong('arithmetic-error', `${quantity} at ${unitPrice} is ${money(computed)}, not ${money(amount)}`, line.lineNo);
  }
  const linesNet = lines.reduce((sum, { amount }) => sum + amount, 0) + adjustment;
  if (Math.abs(linesNet - net) > totalRounding)
    wrong('arithmetic-error', `the lines come to ${money(linesNet)}, the net total is ${money(net)}`);
  if (Math.abs(net + tax - gross) > totalRounding)
    wrong('arithmetic-error', `net and tax come to ${money(net + tax)}, the total is ${money(gross)}`);

  const expected = taxOf(invoice);
  if (Math.abs(expected - tax) > taxRounding)
    wrong('tax-mismatch', `the tax of the lines is ${money(expected)}, the invoice says ${money(tax)}`);
  if (amountDue !== null && Math.abs(amountDue - gross) > totalRounding)
    wrong('amount-due-differs', `${money(amountDue)} is said to be due of a total of ${money(gross)}`);
  return found;
}

/** By rate, each rate's sum rounded on its own. */
function taxOf({ lines }: Invoice): number {
  const byRate = Map.groupBy(lines, ({ taxPercent }) => decimalKey(taxPercent));
  return [...byRate.values()].reduce((sum, group) => {
    const amount = group.map((line) => decimal(line.amount)).reduce(plus, decimal('0'));
    return sum + percentOf(amount, group[0]!.taxPercent);
  }, 0);
}

/** `19` and `19.00` are one rate. */
const decimalKey = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const percentOf = (amount: ReturnType<typeof decimal>, percent: string): number =>
  hundredths(times(amount, decimal(percent)), decimal('10000'));

export const percentage = (cents: number, percent: string): number => percentOf(decimal(cents), percent);

/** Cents as people write them. */
export const money = (cents: number): string => (cents / 100).toFixed(2);
