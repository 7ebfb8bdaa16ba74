import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { ActivityOptions, LocalActivityOptions } from '@temporalio/common';
import type { Activities } from './activities.ts';

type Call = { executeWithOptions(options: ActivityOptions | LocalActivityOptions, args: unknown[]): Promise<unknown> };

/** Tried once inside the workflow task, where it is cheap. */
const quick = { startToCloseTimeout: '2 seconds', retry: { maximumAttempts: 1 } } satisfies LocalActivityOptions;

/** What is slow or down goes on as an ordinary activity, retried until the activity itself gives up. */
const patient = {
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout: '4 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
} satisfies ActivityOptions;

/** A model's answer may take its time; its worker's death is noticed by the missing heartbeat. */
const model = {
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '4 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
} satisfies ActivityOptions;

const local = proxyLocalActivities(quick) as unknown as Record<string, Call>;
const ordinary = proxyActivities(patient) as unknown as Record<string, Call>;

/**
 * `performAction` of `payCustomer` is its own activity type: replay compares types, never arguments, so with one type per
 * verb two swapped steps would replay and get each other's results.
 */
const typeOf = (verb: keyof Activities, name: string) => `${verb} ${name}`;
const queue = (kind: 'systems' | 'models') => `${workflowInfo().taskQueue}-${kind}`;

const refused = (error: unknown): boolean =>
  error instanceof ActivityFailure
    ? refused(error.cause)
    : error instanceof ApplicationFailure && error.nonRetryable === true;

/** On the systems' own queue from the start: for what is declared slow, and for what was slow just now. */
export const far = <Verb extends keyof Activities>(verb: Verb, name: string, summary: string): Activities[Verb] =>
  ((step: unknown) =>
    ordinary[typeOf(verb, name)]!.executeWithOptions({ ...patient, taskQueue: queue('systems'), summary }, [
      step,
    ])) as Activities[Verb];

export const near = <Verb extends keyof Activities>(verb: Verb, name: string, summary: string): Activities[Verb] =>
  (async (step: never) => {
    try {
      return await local[typeOf(verb, name)]!.executeWithOptions({ ...quick, summary }, [step]);
    } catch (error) {
      if (isCancellation(error) || refused(error)) throw error;
      return far(verb, name, summary)(step);
    }
  }) as Activities[Verb];

export const onModels = <Verb extends keyof Activities>(verb: Verb, name: string, summary: string): Activities[Verb] =>
  ((step: unknown) =>
    ordinary[typeOf(verb, name)]!.executeWithOptions({ ...model, taskQueue: queue('models'), summary }, [
      step,
    ])) as Activities[Verb];
