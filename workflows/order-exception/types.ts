import type { Approval as ApprovalOf } from '../../core/run/approval.ts';
import type { PacketOf, RequestOf, RulingOf, SourceOf, TermsOf } from '../../core/declare/types-of.ts';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Verbs = Steps<Definition>;
export type Request = RequestOf<Definition>;
export type Wish = Request['wishes'][number];
export type Exception = NonNullable<Request['exception']>;
export type Remedy = NonNullable<RulingOf<Definition, 'ladder'>['outputs']['remedy']>;
export type Terms = TermsOf<Definition, 'resolution'>;
export type Approval = ApprovalOf<'resolution', Terms>;

export type Order = SourceOf<Definition, 'orders'>[number];
export type Offer = SourceOf<Definition, 'offers'>[number];

/** What is looked up where something went wrong with an order. */
export interface ExceptionRecords {
  order: Order | undefined;
  tracking: SourceOf<Definition, 'tracking'>;
  buyer: SourceOf<Definition, 'buyer'>;
  offers: Offer[];
  credits: SourceOf<Definition, 'credits'>;
}

/** What is looked up where a customer wants orders changed. */
export interface ChangeRecords {
  customer: SourceOf<Definition, 'customer'>;
  orders: Order[];
  offers: Offer[];
}

/** What a customer wants changed, and whether they said yes to exactly that. */
export interface Wanted {
  wishes: Wish[];
  /** A model read it from their message. */
  inferred: boolean;
  confirmed: boolean;
}

export type Ruling =
  | RulingOf<Definition, 'limits'>
  | RulingOf<Definition, 'changes'>
  | Extract<RulingOf<Definition, 'ladder'>, { verdict: 'transfer' }>;

/** A person's approval, and the queue whose it was to give. */
export interface Approved {
  approval: Approval;
  owner: Ruling['outputs']['owner'];
}

/** How the rules see a case by what the records say now, and what a person is shown of it. */
export interface Judgement {
  ruling: Ruling;
  packet: PacketOf<Definition, 'review'>;
  /** What the model would write to the customer. */
  reply: string;
  approved?: Approved | undefined;
  /** Once a person has approved: the records are read again, and the rules say whether that approval may stand. */
  judgeAgain: (approved: Approved) => Promise<Judgement>;
}
