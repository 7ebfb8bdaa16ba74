import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, defaultPayloadConverter, type Payload, ValueError } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { createCodec, dataConverter, type Keys, loadKeys } from '../../temporal/codec.ts';
import { undecodableIn } from '../../temporal/undecodable.ts';
import { dataDir, temporal } from '../harness.ts';
import type { listens, secretive } from '../workers/fixtures/secretive.ts';

const secret = 'marta.lindqvist@mail.example';
const freshDir = () => mkdtempSync(path.join(dataDir, 'keys-'));
const read = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload!);

describe('the payload codec', () => {
  const byId = new Map([
    ['old', randomBytes(32)],
    ['new', randomBytes(32)],
  ]);
  const keys: Keys = { current: 'new', byId };
  const codec = createCodec(keys);
  const plain = defaultPayloadConverter.toPayload({ name: secret });
  const sealedBy = async (by: Keys) => (await createCodec(by).encode([plain]))[0]!;

  it('opens what it sealed, and shows nothing of it meanwhile', async () => {
    const sealed = await sealedBy(keys);
    assert.ok(!Buffer.from(sealed.data!).includes('marta'));
    assert.deepEqual(read((await codec.decode([sealed]))[0]), { name: secret });
  });

  it('opens what an older key sealed, and refuses a key it does not have', async () => {
    const sealed = await sealedBy({ current: 'old', byId });
    assert.deepEqual(read((await codec.decode([sealed]))[0]), { name: secret });
    const without = createCodec({ current: 'new', byId: new Map([['new', byId.get('new')!]]) });
    await assert.rejects(without.decode([sealed]), new ValueError('There is no payload key named old'));
  });

  it('refuses a payload with any byte changed, cut short or lengthened', async () => {
    const { metadata, data } = await sealedBy(keys);
    const changed = Array.from(data!, (_, at) => data!.map((byte, i) => (i === at ? byte ^ 1 : byte)));
    const cut = [0, 11, 12, 16, 27, 28, data!.length - 1].map((length) => data!.subarray(0, length));
    for (const other of [...changed, ...cut, Buffer.concat([data!, Buffer.of(0)])])
      await assert.rejects(codec.decode([{ metadata: metadata!, data: other }]), ValueError);
  });

  it('reads what a workflow was sent and no key opens as just that: a forged signal must not stop the case', async () => {
    const { metadata, data } = await sealedBy(keys);
    const context = { type: 'workflow', namespace: 'default', workflowId: 'refund/1' } as const;
    const unknownKey = { ...metadata!, 'encryption-key-id': Buffer.from('made-up') };
    for (const [forged, why] of [
      [{ metadata: unknownKey, data: data! }, 'There is no payload key named made-up'],
      [{ metadata: metadata!, data: data!.subarray(1) }, 'A payload that was changed is refused'],
      [{ metadata: { encoding: metadata!['encoding']! }, data: data! }, 'without the name of its key'],
    ] as const) {
      const [decoded] = await codec.decode([forged], context);
      assert.match(undecodableIn(read(decoded)) ?? '', new RegExp(why));
      await assert.rejects(codec.decode([forged]), ValueError);
    }
  });

  it('reads a payload that is not encrypted in development, and reads nothing of it in production', async () => {
    assert.deepEqual(await codec.decode([plain]), [plain]);
    const strict = createCodec(keys, { requireEncrypted: true });
    for (const payload of [plain, { metadata: {}, data: Buffer.alloc(0) }]) {
      const [read] = await strict.decode([payload]);
      assert.equal(defaultPayloadConverter.fromPayload(read!), undefined);
    }
  });
});

describe('payload keys', () => {
  const one = randomBytes(32).toString('base64');
  const two = randomBytes(32).toString('base64');

  it('come from PAYLOAD_KEYS, the first is current', () => {
    const { current, byId } = loadKeys({ PAYLOAD_KEYS: `b:${two},a:${one}` }, freshDir());
    assert.equal(current, 'b');
    assert.deepEqual([...byId.keys()], ['b', 'a']);
    for (const wrong of ['a', `:${one}`, 'a:c2hvcnQ=', `a:${one},`])
      assert.throws(() => loadKeys({ PAYLOAD_KEYS: wrong }, freshDir()), /PAYLOAD_KEYS must be/);
  });

  it('are made once where none are given, readable by their owner only', () => {
    const dir = freshDir();
    assert.deepEqual(loadKeys({}, dir), loadKeys({}, dir));
    assert.equal(statSync(path.join(dir, 'payload-keys')).mode & 0o777, 0o600);
  });

  it('are the same for all processes that start at once', async () => {
    const dir = freshDir();
    const codecPath = fileURLToPath(new URL('../../temporal/codec.ts', import.meta.url));
    const script = `import { loadKeys } from ${JSON.stringify(codecPath)}; loadKeys({}, ${JSON.stringify(dir)})`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    await Promise.all([run(), run(), run()]);
    assert.match(readFileSync(path.join(dir, 'payload-keys'), 'utf8'), /^development:[\w+/]{43}=$/);
  });

  it('must be given in production', () => {
    assert.throws(() => loadKeys({ NODE_ENV: 'production' }, freshDir()), {
      message: 'Set PAYLOAD_KEYS: production does not make its own encryption keys.',
    });
  });
});

describe('what Temporal stores of a case', () => {
  const taskQueue = `codec-${randomUUID()}`;
  const keys = loadKeys({}, freshDir());
  const strict = dataConverter(createCodec(keys, { requireEncrypted: true }));
  const strangers = dataConverter(createCodec({ current: 'theirs', byId: new Map([['theirs', randomBytes(32)]]) }));
  let workflowBundle: WorkflowBundleWithSourceMap;
  let client: Client;
  let plainClient: Client;
  let worker: Worker;
  let running: Promise<void>;

  before(async () => {
    const { connection, nativeConnection, namespace } = await temporal();
    workflowBundle = await bundleWorkflows(fileURLToPath(new URL('../workers/fixtures/secretive.ts', import.meta.url)));
    client = new Client({ connection, namespace, dataConverter: strict });
    plainClient = new Client({ connection, namespace });
    const stumble = async (text: string) => {
      throw ApplicationFailure.nonRetryable(`stumbled over ${text}`, 'Stumbled', { text });
    };
    worker = await Worker.create({
      ...{ connection: nativeConnection, namespace, taskQueue, workflowBundle },
      dataConverter: strict,
      activities: { stumble },
    });
    running = worker.run();
  });
  after(async () => {
    worker.shutdown();
    await running;
  });

  for (const from of ['activity', 'workflow'] as const) {
    it(`shows nothing of a failure of its ${from}, which its caller reads in full`, async () => {
      const handle = await client.workflow.start<typeof secretive>('secretive', {
        ...{ workflowId: `codec/${randomUUID()}`, taskQueue, args: [secret, from] },
      });
      await assert.rejects(handle.result(), (error) => {
        assert.ok(error instanceof WorkflowFailedError);
        const cause = from === 'activity' ? error.cause?.cause : error.cause;
        assert.match(String(cause), from === 'activity' ? /stumbled over marta/ : /could not use marta/);
        return true;
      });
      const stored = historyToJSON(await handle.fetchHistory());
      const bytes = JSON.stringify(await plainHistory(handle.workflowId));
      for (const text of [stored, bytes]) assert.ok(!text.includes('marta') && !text.includes('could not use'), text);
      assert.match(stored, /Encoded failure/);
      await Worker.runReplayHistory({ workflowBundle, dataConverter: strict }, JSON.parse(stored), handle.workflowId);
    });
  }

  it('does not let a case read what is not encrypted, or not by us, in production', async () => {
    const handle = await client.workflow.start<typeof listens>('listens', {
      ...{ workflowId: `codec/${randomUUID()}`, taskQueue, args: [] },
    });
    const forged = new Client({ connection: client.connection, dataConverter: strangers });
    await forged.workflow.getHandle(handle.workflowId).signal('told', 'a word under a key of their own');
    await plainClient.workflow.getHandle(handle.workflowId).signal('told', 'a forged word');
    await client.workflow.getHandle(handle.workflowId).signal('told', 'a true word');
    assert.equal(await handle.result(), 'a true word');
    const { events } = await handle.fetchHistory();
    assert.ok(!events?.some((event) => event.workflowTaskFailedEventAttributes), 'the forged signal did nothing');
  });

  /** Every payload of the stored history as text, base64 undone. */
  async function plainHistory(workflowId: string): Promise<string[]> {
    const texts: string[] = [];
    const visit = (value: unknown): void => {
      if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString('latin1'));
      else if (typeof value === 'string') texts.push(value);
      else if (value && typeof value === 'object') Object.values(value).forEach(visit);
    };
    visit(await plainClient.workflow.getHandle(workflowId).fetchHistory());
    return texts;
  }
});
