import type { RequestOf, SourceOf, TermsOf } from '../../core/declare/types-of.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Request = RequestOf<Definition>;
export type Written = SourceOf<Definition, 'writes'>[number];
export type Terms = TermsOf<Definition, 'reversal'>;
