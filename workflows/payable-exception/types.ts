import type {
  FactsOf,
  OutputsOf,
  PacketOf,
  RequestOf,
  RulingOf,
  SourceOf,
  TermsOf,
} from '../../core/declare/types-of.ts';
import type { Again } from '../../core/run/rounds.ts';
import type { ConclusionOf, Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Verbs = Steps<Definition>;
export type Request = RequestOf<Definition>;
export type Invoice = Request['invoice'];
export type InvoiceLine = Invoice['lines'][number];
export type Vendor = NonNullable<SourceOf<Definition, 'vendor'>>;
export type Order = NonNullable<SourceOf<Definition, 'order'>>;
export type OrderLine = Order['lines'][number];
export type Receipt = SourceOf<Definition, 'receipts'>[number];
export type EarlierInvoice = SourceOf<Definition, 'similar'>[number];
export type Tolerances = OutputsOf<Definition, 'tolerances'>;
/** How an exception is handled. */
export type Handling = OutputsOf<Definition, 'match'>;
export type Facts<Name extends keyof Definition['policies']> = FactsOf<Definition, Name>;
export type Ruling<Name extends keyof Definition['policies']> = RulingOf<Definition, Name>;
export type Terms<On extends keyof Definition['terms']> = TermsOf<Definition, On>;
export type Packet = PacketOf<Definition, 'release'>;
export type Finding = Packet['findings'][number];
export type Exception = Finding['exception'];

/** What the systems of record say about an invoice. */
export interface Records {
  vendor: Vendor | null;
  order: Order | null;
  receipts: readonly Receipt[];
  similar: readonly EarlierInvoice[];
}

/** Of one exception: each line where it shows, in words for whoever decides. */
export type Found = { exception: Exception; lineNo?: string; says: string };

/** What became of an invoice in the rounds before this one. */
export interface Progress {
  /** The exceptions that their owners accepted. */
  accepted: readonly string[];
  /** The goods were waited for in vain. */
  overdue: boolean;
  /** What the supplier answered last. */
  answer: string;
  /** The block on the payment, once there is one. */
  blockId?: string;
  /** The exception that the payment was held back for last. */
  heldBackFor?: string;
}

/** How a round ends: with another one, or with the case. */
export type Turn = Again<Progress> | ConclusionOf<Definition>;
