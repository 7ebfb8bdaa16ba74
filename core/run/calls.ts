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
const once = { startToCloseTimeout: '2 seconds', retry: { maximumAttempts: 1 } } satisfies LocalActivityOptions;

/** What is slow or down goes on as an ordinary activity, retried until the activity itself gives up. */
const retried = {
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

const locals = proxyLocalActivities(once) as unknown as Record<string, Call>;
const ordinary = proxyActivities(retried) as unknown as Record<string, Call>;

/**
 * `performAction` of `payCustomer` is its own activity type: replay compares types, never arguments, so with one type per
 * verb two swapped steps would replay and get each other's results.
 */
const typeOf = (verb: keyof Activities, name: string) => `${verb} ${name}`;
const queue = (kind: 'systems' | 'models') => `${workflowInfo().taskQueue}-${kind}`;

export type Place = <Verb extends keyof Activities>(verb: Verb, name: string, summary: string) => Activities[Verb];

/** What an activity refused with, for good; undefined for anything else. */
export function refusalIn(error: unknown): ApplicationFailure | undefined {
  if (error instanceof ActivityFailure) return refusalIn(error.cause);
  return error instanceof ApplicationFailure && error.nonRetryable === true ? error : undefined;
}

/** An ordinary activity on the systems' own queue. */
const remote: Place = (verb, name, summary) =>
  ((step: unknown) =>
    ordinary[typeOf(verb, name)]!.executeWithOptions({ ...retried, taskQueue: queue('systems'), summary }, [
      step,
    ])) as Activities[typeof verb];

/**
 * A local activity first; what is slow or fails goes on as an ordinary one, under the same key. The local activities of one case
 * take turns: of several at once each is answered when it is ready, but on replay in the order in which they were begun, and what
 * follows them would change places.
 */
export function localInTurn(): Place {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (body: () => Promise<unknown>): Promise<unknown> => {
    const answer = last.then(body);
    last = answer.catch(() => undefined);
    return answer;
  };
  return (verb, name, summary) =>
    (async (step: never) => {
      try {
        return await inTurn(() => locals[typeOf(verb, name)]!.executeWithOptions({ ...once, summary }, [step]));
      } catch (error) {
        if (isCancellation(error) || refusalIn(error)) throw error;
        return remote(verb, name, summary)(step);
      }
    }) as Activities[typeof verb];
}

/** An ordinary activity on the models' own queue, where they are throttled apart. */
export const onModels: Place = (verb, name, summary) =>
  ((step: unknown) =>
    ordinary[typeOf(verb, name)]!.executeWithOptions({ ...model, taskQueue: queue('models'), summary }, [
      step,
    ])) as Activities[typeof verb];
