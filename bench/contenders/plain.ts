import type { z } from 'zod';
import { decide as rule, compileTable } from '../../rules/decision-table.ts';
import { holdToApproval } from '../../activities/approvals.ts';
import { createModel } from '../../models/client.ts';
import * as actions from '../../store/actions.ts';
import { openHandoff } from '../../store/open-handoff.ts';
import { closeCase, registerCase } from '../../store/cases.ts';
import * as handoffs from '../../store/handoffs.ts';
import { findEntry } from '../../store/inbox.ts';
import { createPool, row, rows } from '../../store/pool.ts';
import { addRuling, beforeWrite } from '../../store/rulings.ts';
import { recall, remember } from '../../store/steps.ts';
import { newestTable } from '../../store/tables.ts';
import { createSystems } from '../../systems/client.ts';
import { conditionsWith } from '../../systems/conditions.ts';
import { definition } from '../../workflows/refund/definition.ts';
import { linesOf } from '../../workflows/refund/facts.ts';
import { termsOf } from '../../workflows/refund/terms.ts';
import { approving } from './approving.ts';
import { createCalls, options, type Request } from './calls.ts';
import type { Contender, Surroundings } from './contender.ts';

interface Job {
  id: number;
  caseId: string;
  request: Request;
}

type Facts = z.input<typeof definition.policies.eligibility.facts>;

const schema = `
  create schema if not exists bench;
  create table if not exists bench.jobs (
    id bigint generated always as identity primary key, case_id text not null unique, request json not null,
    state text not null default 'ready', leased_until timestamptz);
  create index if not exists jobs_open on bench.jobs (id) where state in ('ready', 'running');
  create index if not exists jobs_waiting on bench.jobs (id) where state = 'waiting'`;

const hour = 3_600_000;

/** No engine: jobs in a table, each claimed by one loop, which repeats what a crash left undone by the stored steps. */
export async function plain(around: Surroundings): Promise<Contender> {
  const pool = createPool(around.databaseUrl, { plans: 'generic' });
  await pool.query(schema);
  const systems = createSystems({
    baseUrl: around.systemsUrl,
    conditions: conditionsWith({ defaults: { atOnce: 1_000 } }),
  });
  const calls = createCalls(systems, createModel({ baseUrl: around.modelUrl, apiKey: 'bench' }));
  const tables = new Map<string, ReturnType<typeof compileTable>>();
  const done = new Map<string, () => void>();

  async function step<T>(
    key: string,
    caseId: string,
    type: string,
    input: unknown,
    body: () => Promise<T>,
  ): Promise<T> {
    const known = await recall<T>(pool, key, input);
    if (known) return known;
    const result = await body();
    return remember(pool, input, result, { caseId, type, key, actor: 'bench', body: { input, result } });
  }

  async function act<Name extends keyof typeof definition.actions>(
    caseId: string,
    name: Name,
    input: Record<string, unknown>,
    approval: string,
    of = '',
  ) {
    const key = `${caseId}/${name}:${of}-1`;
    const declaration = definition.actions[name];
    const { begun, approvals } = await beforeWrite(pool, key, [approval], definition.owner);
    const before = begun ? await actions.findAction(pool, key) : undefined;
    if (before?.state === 'done') return before.result;
    holdToApproval(approvals, definition, { caseId, name, of, input, approval });
    const intent = { key, caseId, process: 'refund', action: name, operation: declaration.does, line: of };
    const levels = ['straight-through', 'assist'] as const;
    const stored = await actions.intend(pool, { ...intent, input, approval }, 2_000, 2_000, levels);
    const result = await systems.write(declaration.does, key, input, options);
    await actions.settle(pool, stored!, 'done', { result });
    return declaration.output.parse(result);
  }

  /** The whole refund, from the top; what was done before is read back. Undefined while a person is asked. */
  async function refund({ caseId, request }: Job): Promise<true | undefined> {
    const { requestId, claims, message, wishes, confirmed } = definition.request.parse(request);
    await findEntry(pool, caseId);
    const opening = { caseId, process: 'refund', businessKey: requestId, runId: caseId, request, requester: 'bench' };
    await registerCase(pool, opening);

    const by = { orderIds: wishes.flatMap(({ orderId }) => orderId ?? []) };
    const read = await step(`${caseId}/assemble-1`, caseId, 'context.assembled', { claims, by }, async () => {
      const [customer, orders] = await Promise.all([calls.identify(claims), calls.listOrders(by)]);
      return { customer, orders, freshUntil: new Date(Date.now() + hour) };
    });
    const customer = definition.context.customer.gives.parse(read.customer);
    const orders = definition.context.orders.gives.parse(read.orders);
    const given = { message, wishes, orders };
    const assessed = await step(`${caseId}/assess-1`, caseId, 'inference.answered', given, () => calls.assess(given));

    const { supported, confident } = assessed;
    const terms = termsOf(requestId, wishes, customer, orders);
    const facts = linesOf(wishes, customer, orders).map((line): Facts => {
      const sum = { amount: terms.amount, overWorth: 0, amountInAll: terms.amount, ordersInAll: 1 };
      return { ...line, ...sum, inferred: false, confirmed, supported, confident };
    });
    const verdict = await ruling(caseId, facts, definition.terms.refund.parse(terms));
    let approval = `${caseId}/eligibility-1`;
    if (verdict !== 'allow') {
      approval = `${caseId}/review-1`;
      const handoff = await ask(caseId, approval, terms, { request, orders });
      if (!handoffs.decisionOf(handoff)) return undefined;
    }

    const refundIds: string[] = [];
    const notes = new Map<string, string>();
    for (const { id, orderId, amount, currency } of terms.payouts) {
      const note = await act(caseId, 'postCreditNote', { orderId, amount, currency }, approval, id);
      notes.set(id, (note as { creditNoteId: string }).creditNoteId);
    }
    for (const { id, ...order } of terms.returns) await act(caseId, 'requestReturn', order, approval, id);
    for (const { id, ...payout } of terms.payouts) {
      const paid = await act(caseId, 'payCustomer', { ...payout, creditNoteId: notes.get(id) }, approval, id);
      refundIds.push((paid as { refundId: string }).refundId);
    }
    await act(caseId, 'tellCustomer', { requestId, reply: terms.reply }, approval);
    await closeCase(pool, { caseId, outcome: 'refunded', result: { amount: terms.amount, refundIds } });
    return true;
  }

  async function ruling(caseId: string, facts: unknown[], terms: unknown): Promise<string> {
    const key = `${caseId}/eligibility-1`;
    const input = { facts, terms };
    const known = await recall<{ verdict: string }>(pool, key, input);
    if (known) return known.verdict;
    const newest = (await newestTable(pool, 'refund', 'eligibility'))!;
    const policy = definition.policies.eligibility;
    const table = tables.get(newest.digest) ?? compileTable(newest.content, policy);
    tables.set(newest.digest, table);
    const answers = facts.map((line) => rule(table, line));
    const { verdict, rule: named } = answers[0]!;
    const ruled = { policy: 'eligibility', verdict, rule: named, termsName: 'refund', terms, carefulness: 0 };
    const entry = { caseId, type: 'policy.ruled', key, actor: 'bench', body: { ...input, answers } };
    await addRuling(pool, 'refund', input, { verdict }, { ...ruled, tableDigest: newest.digest }, entry);
    return verdict;
  }

  async function ask(caseId: string, id: string, terms: unknown, packet: unknown) {
    const known = await handoffs.findHandoff(pool, id);
    if (known) return known;
    const { owner, escalateTo, mayAmend } = definition.handoffs.review;
    const [atRiskAt, escalatesAt, expiresAt] = [3, 4, 72].map((hours) => new Date(Date.now() + hours * hour));
    const times = { atRiskAt: atRiskAt!, escalatesAt: escalatesAt!, expiresAt: expiresAt! };
    const contract = { owner, escalateTo, mayAmend, termsName: 'refund', terms, packet };
    return (await openHandoff(pool, {
      id,
      caseId,
      process: 'refund',
      name: 'review',
      ...contract,
      ...times,
    }))!;
  }

  /** Claims the next job and does it. Whoever adds a job calls this at once; a sweep comes back for what was left. */
  async function work(): Promise<void> {
    const job = await row<Job>(
      pool,
      'jobs.claim',
      `update bench.jobs set state = 'running', leased_until = now() + interval '30 seconds'
       where id = (select id from bench.jobs where state in ('ready', 'running') and coalesce(leased_until <= now(), true)
                   order by id limit 1 for update skip locked)
       returning id, case_id as "caseId", request`,
    );
    if (!job) return;
    const state = (await refund(job)) ? 'done' : 'waiting';
    await row(pool, 'jobs.done', 'update bench.jobs set state = $2, leased_until = null where id = $1', [
      job.id,
      state,
    ]);
    if (state === 'done') done.get(job.caseId)?.();
  }

  const approve = async ({ id, caseId }: Job) => {
    await handoffs.withHandoff(pool, `${caseId}/review-1`, (db, handoff) =>
      handoffs.decide(db, handoff!, { verdict: 'approved', by: 'leo', role: 'support-leads', because: '' }),
    );
    await row(pool, 'jobs.ready', `update bench.jobs set state = 'ready' where id = $1`, [id]);
    await work();
  };
  const inbox = () =>
    rows<Job>(pool, 'jobs.waiting', `select id, case_id as "caseId" from bench.jobs where state = 'waiting' limit 200`);
  const person = approving(inbox, approve);
  // A job that was skipped because it was locked for a moment has nobody else to come back for it.
  const sweep = setInterval(() => void work(), 500).unref();

  return {
    async run(request, approval) {
      const caseId = `plain/${request.requestId}`;
      const ended = new Promise<void>((tell) => done.set(caseId, tell));
      const values = [caseId, JSON.stringify(request)];
      await row(pool, 'jobs.add', 'insert into bench.jobs (case_id, request) values ($1, $2)', values);
      const working = work();
      await (approval ? person.whileWaiting(ended) : ended);
      await working;
    },
    close: () => {
      clearInterval(sweep);
      return pool.end();
    },
  };
}
