import assert from 'node:assert/strict';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { systemOf } from '../../systems/index.ts';
import * as declared from '../../workflows/definitions.ts';
import { database } from '../harness.ts';
import { type SandboxProcess, sandboxProcess } from '../systems/sandbox-process.ts';
import type { UndoExamples } from './undo-example.ts';
import * as listed from './undo-examples.ts';

type Records = Record<string, Record<string, unknown[]>>;

const definitions: Record<string, ProcessDefinition> = { ...declared };
const examples: Record<string, UndoExamples> = { ...listed };

/** What Baton writes to itself has no system to be tried on: test/vocabulary/ tries it. */
const reversible = ({ actions }: ProcessDefinition) =>
  Object.entries(actions).filter(
    ([, { does, compensatedBy }]) => compensatedBy !== undefined && !systemOf(does)?.internal,
  );

describe('a write that can be taken back', () => {
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await sandboxProcess(await database());
  });
  after(() => sandbox?.stop());

  const write = async (operation: string, key: string, input: unknown) => {
    const { status, body } = await sandbox.write(operation, key, input);
    assert.equal(status, 200, `${operation}: ${JSON.stringify(body)}`);
    return body.result as unknown;
  };
  const look = async (besides: readonly string[] = []): Promise<Records> => {
    const records = await sandbox.get<Records>('/_records');
    for (const kind of besides) {
      const [system, name] = kind.split('.') as [string, string];
      delete records[system]?.[name];
    }
    return records;
  };

  for (const [process, definition] of Object.entries(definitions)) {
    it(`has an example in ${process}, and no other write has`, () => {
      const names = reversible(definition).map(([name]) => name);
      assert.deepEqual(Object.keys(examples[process] ?? {}).sort(), names.sort());
    });

    for (const [name, { does, compensatedBy, input, output }] of reversible(definition)) {
      it(`leaves nothing once it is taken back: ${name} of ${process}`, async () => {
        const example = examples[process]?.[name];
        assert.ok(example, 'there is no example');
        const { records, input: given, adds } = example;
        await sandbox.send('PUT', '/_records', records);
        const [before, all] = [await look(adds), await look()];
        const written = input.parse(given);
        const result = output.parse(await write(does, 'k', written));
        assert.notDeepEqual(await look(), all, `${does} has no effect`);
        await write(compensatedBy!, 'k/undo', { input: written, result });
        assert.deepEqual(await look(adds), before);
      });
    }
  }
});
