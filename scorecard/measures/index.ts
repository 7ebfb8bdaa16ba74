import { business } from './business.ts';
import { dataLeader } from './data-leader.ts';
import type { Measure } from './measure.ts';
import { processOwner } from './process-owner.ts';
import { techLeader } from './tech-leader.ts';

/** Every measure there is. What others know (queue lag, deploys, targets) is added here, with a `from` of its own. */
export const measures: readonly Measure[] = [...processOwner, ...dataLeader, ...techLeader, ...business];

export const findMeasure = (name: string): Measure | undefined => measures.find((one) => one.name === name);
