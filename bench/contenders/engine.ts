import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, type InjectedSinks, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { startWorkflow } from '../../temporal/start-case.ts';
import { caseIdOf } from '../../core/declare/case-id.ts';
import { createCodec, dataConverter, loadKeys } from '../../temporal/codec.ts';
import { connectNatively } from '../../temporal/connection.ts';
import type { WorkerParts } from '../../workers/worker.ts';
import { definition } from '../../workflows/refund/definition.ts';
import type { Progress } from '../workflows.ts';
import type { Request } from './calls.ts';
import type { Style, Surroundings } from './contender.ts';

export type EngineParts = Omit<WorkerParts, 'dependencies'> & { more: { sinks: InjectedSinks<Progress> } };

/** What all contenders on Temporal share: connection, codec, bundle, how cases are started, and how their end is noticed. */
export async function createEngine(
  around: Surroundings,
  style: Style,
  createWorkers: (parts: EngineParts) => Promise<Worker[]>,
) {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const namespace = 'default';
  const converter = dataConverter(createCodec(loadKeys({ PAYLOAD_KEYS: around.keys }, '')));
  const lean = style === 'lean';
  const address = around.temporalAddress;
  const connection = lean ? await connectNatively(address) : await NativeConnection.connect({ address });
  // The worker's own connection: without it there is no eager start.
  const clientConnection = lean ? connection : await Connection.connect({ address });
  const client = new Client({ connection: clientConnection, namespace, dataConverter: converter });
  const taskQueue = `bench-${randomUUID()}`;

  const telling = { ended: new Map<string, () => void>(), waits: new Map<string, () => void>() };
  const tell = (what: keyof typeof telling) => ({
    fn: ({ workflowId }: { workflowId: string }) => {
      telling[what].get(workflowId)?.();
      telling[what].delete(workflowId);
    },
    callDuringReplay: false,
  });
  const sinks: InjectedSinks<Progress> = { progress: { ended: tell('ended'), waits: tell('waits') } };
  const codePath = around.codePath[style];
  const parts = { connection, namespace, taskQueue, workflowBundle: { codePath }, dataConverter: converter };
  const workers = await createWorkers({ ...parts, more: { sinks } });
  const running = Promise.all(workers.map((worker) => worker.run()));
  running.catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
  const named = (type: string) => ({ ...definition, name: type });
  const idOf = (type: string, request: Request) => caseIdOf(named(type), request);

  return {
    client,
    idOf,
    when: (what: keyof typeof telling, id: string) => new Promise<void>((tell) => telling[what].set(id, tell)),
    /** `lean`: with the start options of every Baton case. */
    async start(type: string, request: Request) {
      if (lean) await startWorkflow(client, named(type), request, { taskQueue, requestEagerStart: true });
      else await client.workflow.start(type, { workflowId: idOf(type, request), taskQueue, args: [request] });
    },
    async history(type: string, request: Request) {
      const handle = client.workflow.getHandle(idOf(type, request));
      let described = await handle.describe();
      while (described.status.name === 'RUNNING') {
        await delay(20);
        described = await handle.describe();
      }
      if (described.status.name !== 'COMPLETED') throw new Error(`${described.workflowId} ${described.status.name}`);
      const { events = [] } = await handle.fetchHistory();
      const started = events![0]!.workflowExecutionStartedEventAttributes;
      const eager = started?.eagerExecutionAccepted === true;
      return { events: described.historyLength, bytes: described.historySize ?? 0, eager };
    },
    async collect() {
      const options = { taskQueue, workflowId: randomUUID() };
      const could = (await client.workflow.execute('collect', options)) as boolean;
      if (!could || !globalThis.gc) throw new Error('Needs --expose-gc');
      for (let time = 0; time < 3; time++) {
        globalThis.gc();
        await delay(100);
      }
    },
    async close() {
      for (const worker of workers) worker.shutdown();
      await running;
      await client.connection.close();
      if (!lean) await connection.close();
    },
  };
}
