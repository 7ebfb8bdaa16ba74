import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger } from '@temporalio/worker';
import type { Pool } from 'pg';
import { usualTiming } from '../../activities/dependencies.ts';
import { createActivities } from '../../activities/index.ts';
import type { Action, ProcessDefinition } from '../../core/declare/definition.ts';
import { createModel } from '../../models/client.ts';
import * as actions from '../../store/actions.ts';
import { registerCase, stopWrites } from '../../store/cases.ts';
import { createSystems } from '../../systems/client.ts';
import { type Changes, conditionsWith } from '../../systems/conditions.ts';
import { systemOf } from '../../systems/index.ts';
import { startSandbox } from '../../systems/sandbox/server.ts';
import * as declared from '../../workflows/definitions.ts';
import { database } from '../harness.ts';
import { messageExamples } from '../workflows/message-examples.ts';
import type { UndoExample, UndoExamples } from '../workflows/undo-example.ts';
import * as undoExamples from '../workflows/undo-examples.ts';

/** An action of a process, and a write that it does. */
export interface Subject {
  process: string;
  name: string;
  declaration: Action;
  example: UndoExample | undefined;
}

const definitions: Record<string, ProcessDefinition> = { ...declared };
const undone: Record<string, UndoExamples> = { ...undoExamples };

/** Every action there is but for what Baton writes to itself, which `test/vocabulary/another-case.test.ts` tries. */
export const subjects: Subject[] = Object.entries(definitions).flatMap(([process, { actions }]) =>
  Object.entries(actions)
    .filter(([, { does }]) => !systemOf(does)?.internal)
    .map(([name, declaration]) => ({
      ...{ process, name, declaration },
      example: undone[process]?.[name] ?? messageExamples[process]?.[name],
    })),
);

const quiet = new DefaultLogger('ERROR');
/** Long enough for a busy machine; short enough to wait for. */
const short: Changes = { defaults: { timeoutMs: 3_000, longestCallMs: 300 } };

/** Systems of its own, on which one action after the other is tried. */
export async function createStage(pool: Pool, changes: Changes = short) {
  const sandbox = await startSandbox({ databaseUrl: await database(), port: 0, dedupe: true });
  const activities = createActivities({
    ...{ pool, definitions, timing: usualTiming },
    systems: createSystems({ baseUrl: sandbox.url, conditions: conditionsWith(changes) }),
    model: createModel({ baseUrl: 'http://127.0.0.1:1', apiKey: 'none' }),
  });
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
    const answer = await fetch(sandbox.url + path, sent);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };

  /** When the last effect that was put off has come. */
  let quietAt = 0;

  return {
    close: () => sandbox.close(),

    /** A case whose write is on record and was not sent yet. */
    async take({ process, name, declaration, example }: Subject) {
      if (!example) throw new Error(`There is no example of ${name} of ${process}`);
      await delay(Math.max(0, quietAt - Date.now()));
      await call('DELETE', '/_faults');
      await call('PUT', '/_records', example.records);
      const caseId = `${process}/${randomUUID()}`;
      const opening = { caseId, process, businessKey: caseId, runId: 'run', request: {}, requester: 'rita' };
      await registerCase(pool, opening);
      const key = `${caseId}/${name}-1`;
      const input = declaration.input.parse(example.input);
      const step = { caseId, process, name, key, input, approval: key };
      const intent = { ...step, action: name, operation: declaration.does, line: '' };
      const stored = (await actions.intend(pool, intent, 0, 0, ['straight-through']))!;
      await actions.unsent(pool, key, 'write', stored.write!.until, null);

      /** As the workflow calls it: answers `done`, or the type of the failure. */
      const run = async (activityType: string, of: object): Promise<string> => {
        const workflow = { workflowExecution: { workflowId: caseId, runId: 'run' }, workflowType: process };
        const info = { isLocal: false, ...workflow, activityType, scheduledTimestampMs: Date.now() };
        const activity = activities[activityType] as (step: object) => Promise<unknown>;
        return new MockActivityEnvironment(info, { logger: quiet }).run(activity, of).then(
          () => 'done',
          (error: ApplicationFailure) => error.type ?? String(error),
        );
      };
      const tried = ['busy', 'system-unavailable', 'under-way'];
      const again = async (once: () => Promise<string>) => {
        const end = Date.now() + 60_000;
        let answer = await once();
        while (tried.includes(answer) && Date.now() < end) {
          await delay(100);
          answer = await once();
        }
        return answer;
      };
      const perform = () => run(`performAction ${name}`, step);
      const undo = async () => {
        await stopWrites(pool, caseId);
        return run(`compensateAction ${name}`, { ...{ caseId, process, key }, action: name, because: 'it failed' });
      };
      const ended = async () => (await actions.findAction(pool, key))!;
      return {
        ...{ key, perform, undo, ended },
        performed: () => again(perform),
        undone: () => again(undo),
        state: async () => (await ended()).state,
        fault(mode: string, more: { operation?: string; times?: number; ms?: number } = {}) {
          if (more.ms) quietAt = Date.now() + more.ms + 1_000;
          return call('POST', '/_faults', { operation: declaration.does, mode, times: 1, ...more });
        },
        /** Operations with the keys under which they took effect, in order. */
        journal: async () =>
          ((await call('GET', '/_journal')) as { operation: string; key: string }[])
            .filter(({ key: under }) => under.startsWith(key))
            .map(({ operation, key: under }) => `${operation} ${under.slice(key.length) || 'once'}`),
        tasks: async () =>
          (
            await pool.query<{ kind: string }>(
              `select name as kind from handoffs where kind = 'task' and step_key = $1`,
              [key],
            )
          ).rows.map(({ kind }) => kind),
      };
    },
  };
}

export type Stage = Awaited<ReturnType<typeof createStage>>;
export type Trial = Awaited<ReturnType<Stage['take']>>;

/** Runs `tasks`, each on whichever of the stages is free. */
export async function onStages(stages: readonly Stage[], tasks: ((stage: Stage) => Promise<void>)[]): Promise<void> {
  const waiting = [...tasks];
  await Promise.all(
    stages.map(async (stage) => {
      for (let task = waiting.shift(); task; task = waiting.shift()) await task(stage);
    }),
  );
}
