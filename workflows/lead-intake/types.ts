import type { z } from 'zod';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

type Definition = typeof definition;
export type LeadSteps = Steps<Definition>;
/** A lead as it was received. */
export type Received = z.output<Definition['request']>;
export type Facts<Name extends keyof Definition['policies']> = z.input<Definition['policies'][Name]['facts']>;
export type Terms<Name extends keyof Definition['terms']> = z.output<Definition['terms'][Name]>;
export type Routing = Awaited<ReturnType<LeadSteps['check']['routing']>>;
export type Representative = z.output<Definition['context']['representatives']['gives']>[number];
export type CompanyAndBehaviour = z.input<Definition['inferences']['qualify']['given']>;
