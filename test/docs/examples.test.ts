import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type * as _sendEInvoice from '../../docs/examples/send-e-invoice.ts';
import type * as _startWithTemporalClient from '../../docs/examples/start-with-temporal-client.ts';
import type * as _verifyRecord from '../../docs/examples/verify-record.ts';
import { world as apiWorld } from '../api/world.ts';
import { payloadKeys, temporal } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { pythonPackagesOrSkip } from '../python-packages.ts';
import { page, run } from './pages.ts';

describe('the example of a Temporal client', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world?.close());

  it('starts two refunds, which are cases like any other', async () => {
    const { address, namespace } = await temporal();
    const name = `example-${randomUUID().slice(0, 8)}-`; // a server of your own may have seen the ids as written
    const program = page('docs/examples/start-with-temporal-client.ts').replaceAll('example-', name);
    const { code, output, errors } = await run(
      process.execPath,
      ['--input-type=module-typescript', '--eval', program],
      {
        folder: 'docs/examples/',
        env: {
          ...{ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace },
          ...{ TASK_QUEUE: world.taskQueue, PAYLOAD_KEYS: payloadKeys },
        },
      },
    );
    assert.equal(code, 0, errors);
    for (const caseId of [`refund/${name}1`, `refund/${name}2`]) {
      assert.ok(output.includes(caseId), output);
      const found = await world.find(caseId);
      assert.equal(found?.outcome, 'refunded');
      assert.equal(found?.requester, 'back-office');
    }
  });
});

describe('the example of an e-invoice', () => {
  it('is taken as what the sandbox knows as an invoice, once', async () => {
    const here = await apiWorld();
    try {
      const program = page('docs/examples/send-e-invoice.ts');
      for (const _ of [1, 2]) {
        const { code, output, errors } = await run(
          process.execPath,
          ['--input-type=module-typescript', '--eval', program],
          { folder: 'docs/examples/', env: { API_URL: here.api.url, WEBHOOK_SECRET: here.hookSecret() } },
        );
        assert.equal(code, 0, errors);
        assert.match(output, /^202 .*payable-exception\/example~example-3/);
      }
      const { rows } = await here.pool.query(`select request from inbox where process = 'payable-exception'`);
      assert.equal(rows.length, 1);
      assert.equal(rows[0].request.invoice.gross, 7_438);
    } finally {
      await here.close();
    }
  });
});

describe('the example in Python', () => {
  let world: World;
  let packages: string;
  before(async function () {
    packages = await pythonPackagesOrSkip(this, 'temporal-client', ['temporalio==1.35.0', 'cryptography']);
    world = await createWorld();
  });
  after(() => world?.close());

  it('starts a refund and reads how it ended, both through the codec', async () => {
    const { address, namespace } = await temporal();
    const name = `python-${randomUUID().slice(0, 8)}`;
    const { code, output, errors } = await run('python3', ['start_with_python.py', name], {
      folder: 'docs/examples/',
      env: {
        ...{ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, PYTHONPATH: packages },
        ...{ TASK_QUEUE: world.taskQueue, PAYLOAD_KEYS: payloadKeys },
      },
    });
    assert.equal(code, 0, errors);
    assert.match(output, new RegExp(`^refund/${name} .*'outcome': 'refunded'`));
    assert.equal((await world.find(`refund/${name}`))?.requester, 'back-office');
  });
});
