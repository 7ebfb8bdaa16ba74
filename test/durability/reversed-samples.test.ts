import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { play } from '../../scripts/play.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import type { Reconciled } from '../../core/run/reconciliation.ts';
import { standing } from '../../store/actions.ts';
import * as declared from '../../workflows/definitions.ts';
import type { Sample } from '../../workflows/sample.ts';
import * as samples from '../../workflows/samples.ts';
import { forgetSamples } from '../workflows/forget-samples.ts';
import * as examples from '../workflows/undo-examples.ts';
import { type ReversalWorld, reversalWorld } from './reversal-world.ts';

type Held = Awaited<ReturnType<ReversalWorld['held']>>;
type Kept = { key: string; because: string }[];

const definitions: Record<string, ProcessDefinition> = { ...declared };
const all: Record<string, Sample[]> = { ...samples };

/** In which the irreversible writes of the samples are seen: letters, messages, proposals. */
const irreversible = [
  ...['accessRegister.proposals', 'letters.letters', 'offers.offers', 'outreach.messages', 'suppliers.responses'],
  'tickets.messages',
];
const adds = Object.values({ ...examples }).flatMap((one) => Object.values(one).flatMap(({ adds = [] }) => adds));

describe('fifty closed cases of every process', function () {
  this.timeout(600_000);
  let world: ReversalWorld;
  before(async () => {
    await forgetSamples();
    world = await reversalWorld({ reconcileAfterMs: 1_000 });
  });
  after(() => world?.close());

  /** Lets these cases run to their end; those that would wait on are cancelled. */
  const ended = async (played: Record<string, Sample[]>) => {
    const { pool, client, systems, model, api } = world;
    const urls = { apiUrl: api.api.url, sandboxUrl: systems.url, modelUrl: model.url };
    const stage = { ...urls, pool, client, say: () => undefined, over: () => false };
    for (const [process, some] of Object.entries(played)) await play(stage, definitions[process]!, some, false);
    const open = await pool.query<{ id: string }>('select case_id as id from cases where closed_at is null');
    for (const { id } of open.rows) await world.cancel(id);
    await pool.query('delete from counted');
  };
  const withWrites = async () => {
    const { rows } = await world.pool.query<{ id: string }>(
      `select case_id as id from cases c where process <> 'reversal' and exists (
         select from actions a where a.case_id = c.case_id and state = 'done') order by opened_at desc`,
    );
    return rows.map(({ id }) => id);
  };
  const whyKept = async (caseId: string): Promise<Kept> =>
    (await standing(world.pool, caseId)).flatMap(({ key, process, action }) => {
      const because = definitions[process]!.actions[action]!.irreversible;
      return because === undefined ? [] : [{ key, because: `irreversible: ${because}` }];
    });
  /** Reverses the case and holds what is said of it to its declaration; answers whether anything could be taken back. */
  const reverse = async (caseId: string): Promise<boolean> => {
    const [writes, kept] = [await standing(world.pool, caseId), await whyKept(caseId)];
    if (kept.length === writes.length) {
      const { status, body } = await world.asks(caseId);
      assert.deepEqual([status, body.code], [409, 'not-reversible'], caseId);
      assert.deepEqual(
        body.errors,
        kept.map(({ key: field, because: message }) => ({ field, message })),
      );
      return false;
    }
    const { outcome, result } = (await world.reverses(caseId)) as { outcome: string | null; result: any };
    const named = kept.map(({ key }) => key);
    const expected = writes.map(({ key }) => key).filter((key) => !named.includes(key));
    assert.deepEqual({ outcome, ...result }, { outcome: 'reversed', compensated: expected, kept }, caseId);
    return true;
  };
  const kindsOf = (held: Held) =>
    Object.entries(held).flatMap(([one, kinds]) => Object.keys(kinds).map((k) => `${one}.${k}`));
  const differing = (before: Held, now: Held) =>
    [...new Set([...kindsOf(before), ...kindsOf(now)])].filter((kind) => {
      const [system, name] = kind.split('.') as [string, string];
      return !isDeepStrictEqual(before[system]?.[name] ?? [], now[system]?.[name] ?? []);
    });

  it('are reversed, and the systems are as they were but for what is irreversible, which is named', async () => {
    const before = await world.held();
    const { refund, 'order-exception': orders, 'payable-exception': invoices } = all;
    const others = { refund, 'order-exception': orders, 'payable-exception': invoices };
    const renamed = JSON.stringify(others).replaceAll(/"(sample-\d)"/g, '"$1-b"');
    let reversed = 0;
    // What was reversed can be asked for again, and goes as it went before.
    for (const round of [all, JSON.parse(renamed) as typeof all]) {
      await ended(round);
      for (const [n, caseId] of (await withWrites()).entries()) {
        if (n % 3 === 0) await world.forget(caseId).catch(() => undefined); // gone already
        if (await reverse(caseId)) reversed += 1;
      }
      const left = differing(before, await world.held());
      assert.deepEqual(
        left.filter((kind) => ![...irreversible, ...adds].includes(kind)),
        [],
      );
    }
    assert.ok(reversed >= 50, `${reversed} were reversed`);
    const { rows } = await world.pool.query(`select id from handoffs where kind = 'task'`);
    assert.deepEqual(rows, []);

    await new Promise((resolve) => setTimeout(resolve, 3_000)); // nothing is under way any more
    const { client, taskQueue } = world;
    const run = { workflowId: `reconciliation/${taskQueue}`, taskQueue };
    const { differences } = await client.workflow.execute<() => Promise<Reconciled>>('reconciliation', run);
    assert.equal(differences, 0);
  });
});
