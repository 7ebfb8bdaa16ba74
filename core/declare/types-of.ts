import type { z } from 'zod';
import type { Answer } from '../run/steps.ts';
import type { Ruling } from '../run/approval.ts';
import type { Handoff, ProcessDefinition } from './definition.ts';

/** Types of what a process declares, by the names it declares it under. `D` is `typeof definition`. */

export type RequestOf<D extends ProcessDefinition> = z.output<D['request']>;

export type TermsOf<D extends ProcessDefinition, On extends keyof D['terms']> = z.output<D['terms'][On]>;

/** What a source gives. */
export type SourceOf<D extends ProcessDefinition, N extends keyof D['context']> = z.output<D['context'][N]['gives']>;

/** What a model is given. */
export type GivenOf<D extends ProcessDefinition, N extends keyof D['inferences']> = z.input<
  D['inferences'][N]['given']
>;

/** What a model answers, with how sure it is. */
export type AnswerOf<D extends ProcessDefinition, N extends keyof D['inferences']> = Answer<
  z.output<D['inferences'][N]['returns']>
>;

/** The facts that the process gives; sums are read from the store. */
export type FactsOf<D extends ProcessDefinition, N extends keyof D['policies']> = Given<D['policies'][N]>;

type Given<P extends { facts: z.ZodObject }> = P extends { sums: infer S }
  ? Omit<z.input<P['facts']>, keyof S>
  : z.input<P['facts']>;

/** What a row of a policy's table says beside its verdict. */
export type OutputsOf<D extends ProcessDefinition, N extends keyof D['policies']> = Outputs<D['policies'][N]>;

type Outputs<P> = P extends { outputs: infer O extends z.ZodType } ? z.output<O> : {};

export type RulingOf<D extends ProcessDefinition, N extends keyof D['policies']> = Ruling<
  D['policies'][N]['verdicts'][number],
  D['policies'][N]['on'],
  TermsOf<D, D['policies'][N]['on']>,
  OutputsOf<D, N>
>;

/** What the owner of a handoff is shown. */
export type PacketOf<D extends ProcessDefinition, N extends keyof D['handoffs']> = Shown<D['handoffs'][N]>;

type Shown<H extends Handoff> = z.input<H['requires']>;

export type EventOf<D extends ProcessDefinition, N extends keyof D['events']> = z.output<D['events'][N]['gives']>;

/** What an action writes. */
export type InputOf<D extends ProcessDefinition, N extends keyof D['actions']> = z.input<D['actions'][N]['input']>;
