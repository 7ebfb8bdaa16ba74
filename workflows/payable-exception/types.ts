import type { z } from 'zod';
import type { definition } from './definition.ts';

type Definition = typeof definition;
type Gives<Name extends keyof Definition['context']> = z.output<Definition['context'][Name]['gives']>;

export type Request = z.output<Definition['request']>;
export type Invoice = Request['invoice'];
export type InvoiceLine = Invoice['lines'][number];
export type Vendor = Gives<'vendor'>;
export type Order = Gives<'order'>;
export type OrderLine = NonNullable<Order>['lines'][number];
export type Receipts = Gives<'receipts'>;
export type EarlierInvoices = Gives<'similar'>;
export type Tolerances = z.output<NonNullable<Definition['policies']['tolerances']['outputs']>>;
export type Outputs = z.output<NonNullable<Definition['policies']['match']['outputs']>>;
export type Facts = z.output<Definition['policies']['match']['facts']>;
export type ExceptionTerms = z.output<Definition['terms']['exception']>;
export type PostingTerms = z.output<Definition['terms']['posting']>;
export type ReplyTerms = z.output<Definition['terms']['reply']>;
export type Finding = z.output<Definition['handoffs']['hold']['requires']>['findings'][number];
export type Exception = Finding['exception'];

/** What the systems of record say about an invoice. */
export interface Records {
  vendor: Vendor;
  order: Order;
  receipts: Receipts;
  similar: EarlierInvoices;
}

/** Of one exception: each line where it shows, in words for whoever decides. */
export type Found = { exception: Exception; lineNo?: string; says: string };
