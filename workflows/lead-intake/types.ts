import type {
  FactsOf,
  GivenOf,
  RequestOf,
  RulingOf,
  SourceOf,
  TermsOf as TermsIn,
} from '../../core/declare/types-of.ts';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Verbs = Steps<Definition>;
/** A lead as it was received. */
export type Lead = RequestOf<Definition>;
export type Facts<Name extends keyof Definition['policies']> = FactsOf<Definition, Name>;
export type Entry = TermsIn<Definition, 'entry'>;
export type Routing = RulingOf<Definition, 'routing'>;
export type Representative = SourceOf<Definition, 'representatives'>[number];
export type CompanyAndBehaviour = GivenOf<Definition, 'qualify'>;
