import type { z } from 'zod';
import type { Steps as StepsOf } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Steps = StepsOf<Definition>;
export type Request = z.output<Definition['request']>;
export type Wish = Request['wishes'][number];
export type Exception = NonNullable<Request['exception']>;
export type Terms = z.output<Definition['terms']['resolution']>;

export type Impact = z.output<Definition['impact']>;

type Read<Source extends keyof Definition['context']> = z.output<Definition['context'][Source]['gives']>;
export type Customer = NonNullable<Read<'customer'>>;
export type Buyer = NonNullable<Read<'buyer'>>;
export type Order = Read<'orders'>[number];
export type Offer = Read<'offers'>[number];
export type Tracking = NonNullable<Read<'tracking'>>;
export type Credit = Read<'credits'>[number];

type FactsOf<Policy extends keyof Definition['policies']> = z.output<Definition['policies'][Policy]['facts']>;
export type ChangeFacts = FactsOf<'changes'>;
export type LadderFacts = FactsOf<'ladder'>;
export type LimitFacts = FactsOf<'limits'>;
export type Remedy = LimitFacts['remedy'];
