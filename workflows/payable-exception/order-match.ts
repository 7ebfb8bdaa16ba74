import { isSame, lineNumber, orderNumber } from '../../rules/canonical.ts';
import { decimalsOf, shownAmount } from '../../rules/currency.ts';
import { decimal, isAbove, isEqual, minus, plus, rounded, shown, sum, times } from '../../rules/decimal.ts';
import type { Found, Invoice, InvoiceLine, Order, OrderLine, Receipt, Tolerances } from './types.ts';

/** The orders that an invoice names, once each, as it writes them first: for the whole of it, or line by line. */
export function ordersOf({ poNumber, lines }: Invoice): string[] {
  const named = [poNumber, ...lines.map((line) => line.poNumber)].map((one) => one ?? '');
  const spellings = Map.groupBy(named, orderNumber);
  spellings.delete('');
  return [...spellings.values()].map(([first]) => first!);
}

/** The order that can be matched: there is one. */
export function orderOf(invoice: Invoice): string | null {
  const [order, ...others] = ordersOf(invoice);
  return order !== undefined && others.length === 0 ? order : null;
}

/** The three-way match, line by line: what is billed against what was ordered and what was received. */
export function orderMatch(
  invoice: Invoice,
  order: Order,
  receipts: readonly Receipt[],
  tolerances: Tolerances,
): Found[] {
  const sameCurrency = order.currency === invoice.currency;
  const found = invoice.lines.flatMap((line) => {
    const { lineNo } = line;
    const ordered = lineOf(order, line);
    if (!ordered) {
      const says = `"${line.description.slice(0, 200).toWellFormed()}" for ${shownAmount(line.amount, invoice.currency)} is not on order ${order.poNumber}`;
      return [{ exception: 'line-not-on-po' as const, lineNo, says }];
    }
    const taxed = taxRate(line, ordered);
    // A quantity in another unit cannot be compared, nor a price for it.
    if (line.unit !== ordered.unit) {
      const says = `billed in ${line.unit}, ordered in ${ordered.unit}`;
      return [...taxed, { exception: 'unit-mismatch' as const, lineNo, says }];
    }
    const received = order.match === '3-way' ? receivedOf(ordered, receipts) : undefined;
    return [
      ...taxed,
      ...quantity(line, ordered, received, tolerances),
      ...(sameCurrency && !line.priceUnit ? price(line, ordered, order.currency, tolerances) : []),
    ];
  });
  if (sameCurrency) return found;
  const says = `billed in ${invoice.currency}, ordered in ${order.currency}`;
  return [{ exception: 'wrong-currency', says }, ...found];
}

/** The line of the order that a line of an invoice bills. */
export function lineOf({ lines }: Order, { poLineNo }: InvoiceLine): OrderLine | undefined {
  if (poLineNo === null) return undefined;
  return (
    lines.find(({ lineNo }) => lineNo === poLineNo) ?? lines.find(({ lineNo }) => isSame(lineNumber, lineNo, poLineNo))
  );
}

function taxRate({ lineNo, taxPercent }: InvoiceLine, ordered: OrderLine): Found[] {
  if (isEqual(decimal(taxPercent), decimal(ordered.taxPercent))) return [];
  return [{ exception: 'tax-mismatch', lineNo, says: `taxed at ${taxPercent} %, ordered at ${ordered.taxPercent} %` }];
}

const receivedOf = ({ lineNo }: OrderLine, receipts: readonly Receipt[]) =>
  sum(
    receipts
      .flatMap(({ lines }) => lines)
      .filter(({ poLineNo }) => isSame(lineNumber, poLineNo, lineNo))
      .map((line) => decimal(line.quantity)),
  );

/** All that was ever billed of an order's line against what came of it; without receipts, against what was ordered. */
function quantity(
  { lineNo, quantity: billedNow }: InvoiceLine,
  ordered: OrderLine,
  received: ReturnType<typeof decimal> | undefined,
  { quantityPercent }: Tolerances,
): Found[] {
  if (received && !isAbove(received, decimal('0')))
    return [{ exception: 'no-goods-receipt', lineNo, says: 'nothing has been received' }];
  const may = received ?? decimal(ordered.quantity);
  const billed = plus(decimal(billedNow), decimal(ordered.alreadyInvoiced));
  const tolerated = times(may, plus(decimal('100'), decimal(quantityPercent)));
  if (!isAbove(times(billed, decimal('100')), tolerated)) return [];
  const says = `${shown(billed)} billed in all, ${shown(may)} ${received ? 'received' : 'ordered'}`;
  return [{ exception: 'quantity-variance', lineNo, says }];
}

/** Above the ordered price by more than the percentage, or by more on the whole line than the cap. A lower price is welcome. */
function price(
  line: InvoiceLine,
  ordered: OrderLine,
  currency: string,
  { pricePercent, priceLineCap }: Tolerances,
): Found[] {
  const base = decimal(line.priceBase);
  const agreed = times(decimal(ordered.unitPrice), base);
  const above = minus(decimal(line.unitPrice), agreed);
  if (!isAbove(above, decimal('0'))) return [];
  const onLine = rounded(times(above, decimal(line.quantity)), base, decimalsOf(currency));
  const overPercent = isAbove(times(above, decimal('100')), times(agreed, decimal(pricePercent)));
  if (!overPercent && onLine <= priceLineCap) return [];
  const says = `${line.unitPrice} each, ordered at ${shown(agreed)}: ${shownAmount(onLine, currency)} more on the line`;
  return [{ exception: 'price-variance', lineNo: line.lineNo, says }];
}
