import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../temporal/codec.ts';
import { openTelemetry } from '../../telemetry/open-telemetry.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { codec, runtime } from '../harness.ts';

const folder = new URL('../histories/', import.meta.url);

describe('workers that trace', () => {
  it('go through every history that was recorded without traces', async () => {
    await runtime();
    const { plugin, close } = openTelemetry('http://127.0.0.1:9');
    const workflowBundle = await bundleWorkflows(undefined, { plugins: [plugin] });
    assert.match(workflowBundle.code, /_tracer-data/);
    const options = { workflowBundle, dataConverter: dataConverter(codec), plugins: [plugin] };
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      const { workflowId, history } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as {
        workflowId: string;
        history: object;
      };
      await Worker.runReplayHistory(options, history, workflowId);
    }
    await close();
  });
});
