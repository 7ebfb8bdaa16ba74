import type {
  AnswerOf,
  FactsOf,
  InputOf,
  PacketOf,
  RequestOf,
  SourceOf,
  TermsOf,
} from '../../core/declare/types-of.ts';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type Definition = typeof definition;
export type Verbs = Steps<Definition>;
export type Request = RequestOf<Definition>;
export type Contract = SourceOf<Definition, 'contract'>;
export type Form = SourceOf<Definition, 'forms'>[number];
export type Wording = SourceOf<Definition, 'wordings'>[number];
export type Comparison = SourceOf<Definition, 'comparison'>;
export type Difference = Comparison['differences'][number];
export type Outline = AnswerOf<Definition, 'outline'>;
export type Part = AnswerOf<Definition, 'clauses'>;
export type Item = Outline['answer']['cover'][number]['item'];
export type Facts<Name extends keyof Definition['policies']> = FactsOf<Definition, Name>;
export type Packet = PacketOf<Definition, 'legal'>;

/** The draft that a round is about. */
export type Draft = TermsOf<Definition, 'contract'>;
export type Review = TermsOf<Definition, 'review'>;
export type Finding = Review['findings'][number];
export type Desk = Finding['owner'];
export type Position = TermsOf<Definition, 'position'>;
export type Redline = Position['redlines'][number];
export type Reworded = Position['wordings'][number];
export type Redlines = InputOf<Definition, 'sendRedlines'>;
export type Clearance = InputOf<Definition, 'clearForSignature'>;
