import type { z } from 'zod';
import type { Answer, Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

export type D = typeof definition;
export type S = Steps<D>;
export type Request = z.output<D['request']>;
export type Terms<On extends keyof D['terms']> = z.output<D['terms'][On]>;
export type Finding = Terms<'review'>['findings'][number];
export type Redline = Terms<'position'>['redlines'][number];
export type Wording = z.output<D['context']['wordings']['gives']>[number];
export type Reworded = Terms<'position'>['wordings'][number];
export type Comparison = z.output<D['context']['comparison']['gives']>;
export type Difference = Comparison['differences'][number];
export type Facts<N extends keyof D['policies']> = z.output<D['policies'][N]['facts']>;

type Answered<N extends keyof D['inferences']> = Answer<z.output<D['inferences'][N]['returns']>>;
export type Outline = Answered<'outline'>;
export type Part = Answered<'clauses'>;
export type Item = Outline['answer']['cover'][number]['item'];
export type Desk = Finding['owner'];
