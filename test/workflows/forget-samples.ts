import { WorkflowNotFoundError } from '@temporalio/client';
import { caseIdOf } from '../../core/declare/case-id.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as declared from '../../workflows/definitions.ts';
import type { Sample } from '../../workflows/sample.ts';
import * as samples from '../../workflows/samples.ts';
import { temporal } from '../harness.ts';
import { until } from '../world.ts';

/** Deletes what other tests, on stores of their own, left of the samples on the server that they share: their ids are the same. */
export async function forgetSamples(): Promise<void> {
  const { client, connection, namespace } = await temporal();
  const definitions: Record<string, ProcessDefinition> = { ...declared };
  const ids = Object.entries<readonly Sample[]>({ ...samples }).flatMap(([process, played]) =>
    played.map(({ request }) => caseIdOf(definitions[process]!, definitions[process]!.request.parse(request))),
  );
  const isGone = (id: string) =>
    client.workflow
      .getHandle(id)
      .describe()
      .then(
        () => false,
        (error: unknown) => error instanceof WorkflowNotFoundError,
      );
  const forget = async (id: string) => {
    if (await isGone(id)) return;
    await connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId: id } });
    await until(() => isGone(id), `${id} is deleted`);
  };
  await Promise.all(ids.map(forget));
}
