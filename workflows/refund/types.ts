import type { RequestOf, SourceOf, TermsOf } from '../../core/declare/types-of.ts';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Verbs = Steps<Definition>;
export type Request = RequestOf<Definition>;
export type Wish = Request['wishes'][number];
export type Customer = SourceOf<Definition, 'customer'>;
export type Order = SourceOf<Definition, 'orders'>[number];
export type Terms = TermsOf<Definition, 'refund'>;
