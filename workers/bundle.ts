import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  type BundlerPlugin,
  DefaultLogger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { failureConverterPath } from '../temporal/codec.ts';

const workflowsPath = fileURLToPath(new URL('./bundled.ts', import.meta.url));
const leanStacks = fileURLToPath(new URL('./lean-stacks.ts', import.meta.url));
const traceHeader = fileURLToPath(new URL('./trace-header.ts', import.meta.url));

/** The code of every process, as it runs inside Temporal's workflow sandbox. About a second. Stack traces are for tests: they are dear. */
export const bundleWorkflows = (
  path = workflowsPath,
  { stackTraces = false, plugins = [] }: { stackTraces?: boolean; plugins?: readonly BundlerPlugin[] } = {},
): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: path,
    failureConverterPath,
    // Nothing in them is a case's own: loaded once, not once a case.
    preloadModules: stackTraces ? [path] : [leanStacks, path],
    ...(plugins.length > 0 ? { workflowInterceptorModules: [traceHeader], plugins: [...plugins] } : {}),
    logger: new DefaultLogger('WARN'),
  });
