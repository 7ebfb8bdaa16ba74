import { z } from 'zod';
import { Currency, Reference, text } from '../../core/declare/values.ts';
import { orderNumber } from '../../rules/canonical.ts';
import { kind, operation, type Records, type SystemOfRecord } from './declare.ts';

const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

const OrderBody = z.object({
  poNumber: Reference,
  vendorId: Reference,
  currency: Currency,
  match: z.enum(['3-way', '2-way']),
  orderedAt: z.iso.date(),
  buyer: text(200),
  lines: z.array(
    z.object({
      lineNo: Reference,
      description: text(2_000),
      unit: text(20),
      quantity: Decimal,
      unitPrice: Decimal,
      taxPercent: Decimal,
      alreadyInvoiced: Decimal,
    }),
  ),
});

export const PurchaseOrder = kind('purchasing.orders', 'poNumber', OrderBody, ({ poNumber }) => [byNumber(poNumber)]);

export const byNumber = (poNumber: string) => `order:${orderNumber(poNumber)}`;

/** Two orders that only blanks or letter case tell apart are found as they are written alone. */
async function orderOf(records: Records, poNumber: string) {
  const [order, ...others] = await records.having(PurchaseOrder, byNumber(poNumber));
  return (await records.get(PurchaseOrder, poNumber)) ?? (others.length === 0 ? order : undefined);
}

/** Adds what was billed to what had been billed of the order's lines; `sign` -1 takes it away again. */
export async function countBilled(
  records: Records,
  poNumber: string | null,
  billed: { poLineNo: string | null; quantity: string }[],
  sign: 1 | -1,
): Promise<void> {
  const order = poNumber === null ? undefined : await records.get(PurchaseOrder, poNumber);
  if (!order) return;
  const lines = order.lines.map((line) => {
    const more = billed.filter(({ poLineNo }) => poLineNo === line.lineNo);
    const sum = more.reduce((total, { quantity }) => total + sign * Number(quantity), Number(line.alreadyInvoiced));
    return more.length === 0 ? line : { ...line, alreadyInvoiced: Number(sum.toFixed(6)).toString() };
  });
  records.put(PurchaseOrder, { ...order, lines });
}

export const purchasing: SystemOfRecord = {
  name: 'purchasing',
  kinds: [PurchaseOrder],
  reads: {
    order: operation(
      z.strictObject({ poNumber: z.string() }),
      async ({ poNumber }, records) => (await orderOf(records, poNumber)) ?? null,
    ),
  },
  writes: {},
};
