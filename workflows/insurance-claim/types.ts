import type {
  AnswerOf,
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
import type { ClaimFile } from './claim-file.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Verbs = Steps<Definition>;
export type Notice = RequestOf<Definition>;
export type Source<Name extends keyof Definition['context']> = SourceOf<Definition, Name>;
export type InsurancePolicy = NonNullable<Source<'policy'>>;
export type PriorClaim = Source<'priorClaims'>[number];
export type Reading = AnswerOf<Definition, 'read'>;
export type Guidelines = OutputsOf<Definition, 'guidelines'>;
export type Facts<Name extends keyof Definition['policies']> = FactsOf<Definition, Name>;
export type Flag = Facts<'cover'>['flags'][number];
export type Ruling<Name extends keyof Definition['policies']> = RulingOf<Definition, Name>;
export type Terms<On extends keyof Definition['terms']> = TermsOf<Definition, On>;
export type Concern = Terms<'clearance'>['concern'];
export type Packet = PacketOf<Definition, 'assess'>;

/** How a desk ends its turn: with another round on the file, or with the case. */
export type Turn = Again<ClaimFile> | ConclusionOf<Definition>;
