import type { z } from 'zod';
import type { TermsOf } from '../../core/declare/types-of.ts';
import type { Case, Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

type Definition = typeof definition;
type Source<Name extends keyof Definition['context']> = z.output<Definition['context'][Name]['gives']>;
type Facts<Name extends keyof Definition['policies']> = z.output<Definition['policies'][Name]['facts']>;
type Answered<Verb> = Verb extends (...args: never[]) => Promise<infer R> ? R : never;

export type Notice = z.output<Definition['request']>;
export type InsurancePolicy = NonNullable<Source<'policy'>>;
export type PriorClaim = Source<'priorClaims'>[number];
export type Flag = Facts<'cover'>['flags'][number];
export type Packet = z.input<Definition['handoffs']['assess']['requires']>;
export type CoverFacts = Facts<'cover'>;
export type Cover = Answered<Steps<Definition>['check']['cover']>;
export type Reading = Answered<Steps<Definition>['infer']['read']>;
export type Guidelines = Answered<Steps<Definition>['check']['guidelines']>['outputs'];
export type Assessment = TermsOf<Definition, 'assessment'>;
type Concern = Cover['outputs']['concern'];

/** What people and the claimant add while the case runs. */
export interface ClaimFile {
  policyNumber: string;
  documents: string[];
  /** Findings of the rules that a person has set aside. */
  setAside: Concern[];
  /** Entries of the sanctions lists that compliance has found to be somebody else. */
  clearedEntries: string[];
  /** How often the claimant was asked for something. */
  asked: number;
  /** How often a desk sent the case back to the one before, and why it did the last time. */
  rework: number;
  because: string;
  reserve: number;
  acknowledgeBy: string;
  acknowledgedOnTime: boolean;
}

/** What the desks work with. */
export interface Claim {
  notice: Notice;
  file: ClaimFile;
  steps: Steps<Definition>;
  today: Case['today'];
}

/** What the systems, the model and the company's guidelines say of the claim now. */
export interface Seen {
  policy: Source<'policy'>;
  priorClaims: Source<'priorClaims'>;
  documents: Source<'documents'>;
  screening: Source<'screening'>;
  reading: Reading;
  guidelines: Guidelines;
  guided: boolean;
}

export const openFile = ({ policyNumber, documents }: Notice): ClaimFile => ({
  ...{ policyNumber, documents: [...documents], setAside: [], clearedEntries: [] },
  ...{ asked: 0, rework: 0, because: '', reserve: 0, acknowledgeBy: '', acknowledgedOnTime: false },
});

/** Kinds of documents that are there, however they came. */
export const kindsOf = ({ documents }: ClaimFile, filed: Seen['documents']): string[] => [
  ...new Set([...documents, ...filed.map(({ kind }) => kind)]),
];

/** A hit that nobody has cleared. */
export const isListed = ({ clearedEntries }: ClaimFile, { hits }: Seen['screening']): boolean =>
  hits.some(({ entryId }) => !clearedEntries.includes(entryId));

/** Sent back to the desk before: counted, and shown there. */
export function sendBack(file: ClaimFile, because: string): void {
  file.rework += 1;
  file.because = because;
}

export const impactOf = ({ reserve, acknowledgedOnTime, rework }: ClaimFile, paid = 0) => ({
  ...{ paid, reserved: reserve, acknowledgedOnTime, rework },
});
