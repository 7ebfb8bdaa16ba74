import { supervision } from '../core/declare/autonomy.ts';
import type { Activities } from '../core/run/activities.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { assembleContext } from './assemble-context.ts';
import { alive } from './attempt.ts';
import { awaitEvent } from './await-event.ts';
import { withCases } from './cases.ts';
import { checkPolicy } from './check-policy.ts';
import { closeCase } from './close-case.ts';
import { compensateAction, compensateNewest, planCompensation } from './compensation.ts';
import type { Dependencies } from './dependencies.ts';
import { failureOf, refuse } from './failures.ts';
import { itsCase } from './its-case.ts';
import { leaveToOwner } from './leave-to-owner.ts';
import { openHandoff, turnHandoff, withdrawHandoff } from './handoffs.ts';
import { openCase } from './open-case.ts';
import { noteBug } from './note-bug.ts';
import { openDueCases } from './open-due-cases.ts';
import { performAction } from './perform-action.ts';
import { withReversal } from './reversal.ts';
import { fallBack, runInference } from './run-inference.ts';
import { bytesOf, maxBytes } from './size.ts';
import { openSupervision } from './supervision.ts';
import { withTexts } from './texts.ts';

type Verb = (step: never) => Promise<unknown>;

/** Which declared names each verb is called with: each becomes an activity type of its own, `performAction payCustomer`. */
const namesOf: Record<keyof Activities, (definition: ProcessDefinition) => string[]> = {
  openCase: ({ name }) => [name],
  assembleContext: ({ name }) => [name],
  planCompensation: ({ name }) => [name],
  leaveToOwner: ({ name }) => [name],
  closeCase: ({ name }) => [name],
  openDueCases: ({ name, schedule }) => (schedule ? [name] : []),
  runInference: ({ inferences }) => Object.keys(inferences),
  fallBack: ({ inferences }) => Object.keys(inferences),
  checkPolicy: ({ policies }) => Object.keys(policies),
  openHandoff: ({ handoffs }) => Object.keys(handoffs),
  turnHandoff: ({ handoffs }) => [...Object.keys(handoffs), 'repair', supervision],
  withdrawHandoff: ({ handoffs }) => [...Object.keys(handoffs), 'repair', supervision],
  awaitEvent: ({ events }) => Object.keys(events),
  performAction: ({ actions }) => Object.keys(actions),
  openSupervision: ({ actions }) => Object.keys(actions),
  compensateAction: ({ actions }) => Object.keys(actions),
  compensateNewest: ({ actions }) => Object.keys(actions),
};

/** The activities of every process, by their types. */
export function createActivities(given: Dependencies): Record<string, Verb> {
  const parts = { ...given, systems: withTexts(given.pool, withCases(given)) };
  const deps = { ...parts, systems: withReversal(parts) };
  const verbs: Activities = {
    openCase: openCase(deps),
    assembleContext: assembleContext(deps),
    runInference: runInference(deps),
    fallBack: fallBack(deps),
    checkPolicy: checkPolicy(deps),
    openHandoff: openHandoff(deps),
    turnHandoff: turnHandoff(deps),
    withdrawHandoff: withdrawHandoff(deps),
    awaitEvent: awaitEvent(deps),
    performAction: performAction(deps),
    openSupervision: openSupervision(deps),
    planCompensation: planCompensation(deps),
    compensateAction: compensateAction(deps),
    compensateNewest: compensateNewest(deps),
    leaveToOwner: leaveToOwner(deps),
    closeCase: closeCase(deps),
    openDueCases: openDueCases(deps),
  };
  const its = itsCase(deps.pool);
  const activities: Record<string, Verb> = {};
  for (const definition of Object.values(deps.definitions)) {
    for (const [verb, take] of Object.entries(verbs) as [keyof Activities, Verb][]) {
      for (const name of namesOf[verb](definition))
        activities[`${verb} ${name}`] = guarded({ ...deps, its }, verb, take);
    }
  }
  return activities;
}

/** What leaves an activity is a result of bounded size or a failure with a name. */
const guarded =
  (deps: Dependencies & { its: ReturnType<typeof itsCase> }, verb: keyof Activities, take: Verb): Verb =>
  async (step) => {
    try {
      await deps.its.hold(verb, step);
      const result = await alive(() => take(step));
      if (verb === 'openCase') deps.its.opened((step as { caseId: string }).caseId);
      if (bytesOf(result) > maxBytes) {
        throw refuse('too-large', `The result is larger than ${maxBytes} bytes`);
      }
      return result;
    } catch (error) {
      const failure = failureOf(error);
      if (failure === error) await noteBug(deps, step, error);
      throw failure;
    }
  };
