import { business } from './business.ts';
import { dataLeader } from './data-leader.ts';
import type { Measure } from './measure.ts';
import { operations } from './operations.ts';
import { processOwner } from './process-owner.ts';
import { techLeader } from './tech-leader.ts';

/** Every measure there is. */
export const measures: readonly Measure[] = [...processOwner, ...dataLeader, ...techLeader, ...operations, ...business];

export const findMeasure = (name: string): Measure | undefined => measures.find((one) => one.name === name);
