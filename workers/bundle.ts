import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { failureConverterPath } from '../temporal/codec.ts';

const workflowsPath = fileURLToPath(new URL('./bundled.ts', import.meta.url));
const leanStacks = fileURLToPath(new URL('./lean-stacks.ts', import.meta.url));

/** The code of every process, as it runs inside Temporal's workflow sandbox. About a second. */
export const bundleWorkflows = (path = workflowsPath): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: path,
    failureConverterPath,
    // Nothing in them is a case's own: loaded once, not once a case.
    preloadModules: [leanStacks, path],
    logger: new DefaultLogger('WARN'),
  });
