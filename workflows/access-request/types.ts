import type { z } from 'zod';
import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';

type Definition = typeof definition;
export type S = Steps<Definition>;
export type Request = z.output<Definition['request']>;
export type Terms<Name extends keyof Definition['terms']> = z.output<Definition['terms'][Name]>;
/** What the systems of record say about a person and a role. */
export type Records = { [N in keyof Definition['context']]: z.output<Definition['context'][N]['gives']> };
export type Catalogue = Records['catalogue'];
export type Facts<P extends keyof Definition['policies']> = z.output<Definition['policies'][P]['facts']>;
export type Step = Facts<'approver'>['missing'][number];
