import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Which packages are loaded once this code has run, in a process of its own. */
function loadedBy(code: string): string[] {
  const told =
    "import { createRequire } from 'node:module'; console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));";
  const program = `import './api/serve.ts'; import './workers/serve.ts'; import { startTracing } from './telemetry/start-tracing.ts'; ${code} ${told} process.exit(0);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root });
  const line = stdout.toString().trim().split('\n').at(-1);
  assert.ok(line, stderr.toString());
  return (JSON.parse(line) as string[]).map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? '');
}

const traces = (name: string) => /^@opentelemetry\/(?!api$)|interceptors-opentelemetry/.test(name);

describe('where no endpoint for traces is set', () => {
  it('nothing of what traces is loaded', () => {
    const loaded = loadedBy('await startTracing({});');
    assert.ok(loaded.includes('@temporalio/worker'));
    assert.deepEqual(loaded.filter(traces), []);
  });

  it('and where one is, it is', () => {
    const code = "await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });";
    const loaded = new Set(loadedBy(code).filter(traces));
    assert.ok(loaded.has('@temporalio/interceptors-opentelemetry-v2') && loaded.has('@opentelemetry/sdk-trace-base'));
  });
});
