import type {
  AnswerOf,
  FactsOf,
  OutputsOf,
  PacketOf,
  RequestOf,
  SourceOf,
  TermsOf,
} from '../../core/declare/types-of.ts';
import type { Approval } from '../../core/run/approval.ts';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Verbs = Steps<Definition>;
export type Request = RequestOf<Definition>;
export type Term = TermsOf<Definition, 'term'>;
export type Offer = TermsOf<Definition, 'offer'>;
export type Renewal = TermsOf<Definition, 'renewal'>;
export type OfferApproval = Approval<'offer', Offer>;
export type Packet = PacketOf<Definition, 'approve'>;
export type Brief = AnswerOf<Definition, 'brief'>;
export type Pricing = OutputsOf<Definition, 'pricing'>;
/** What the rules of a renewal are given of the records; the rest is added where they are asked. */
export type RenewalFacts = Omit<FactsOf<Definition, 'renewal'>, 'riskPoints' | 'passed'>;
export type PriceFault = RenewalFacts['priceFaults'][number];
/** What the systems of record say about a subscription. */
export type Account = { [S in keyof Definition['context']]: SourceOf<Definition, S> };
