import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { z } from 'zod';
import { checkPolicy } from '../../activities/check-policy.ts';
import { action, defineProcess, handoff, policy } from '../../core/declare/define.ts';
import { Currency, Reference, Total } from '../../core/declare/values.ts';
import * as actions from '../../store/actions.ts';
import { closeCase, registerCase } from '../../store/cases.ts';
import { decide, openHandoff } from '../../store/handoffs.ts';
import { createPool } from '../../store/pool.ts';
import { readRecord } from '../../store/record.ts';
import { seedTables } from '../../workers/prepare.ts';
import { migratedDatabase } from '../harness.ts';

/** Below this, a rule allows it. */
export const band = 1_000;

const table = {
  name: 'authority',
  version: 1,
  hit: 'first',
  baseline: { refused: false, onOrder: 0, ofSupplier: 0, byRequester: 0, accounts: 0, onAccount: 0 },
  rows: [
    {
      rule: 'refused',
      when: { refused: 'true' },
      verdict: 'deny',
      example: { refused: true },
      counter: { refused: false },
    },
    {
      rule: 'small',
      when: { onOrder: `< ${band}`, ofSupplier: '< 5000' },
      verdict: 'allow',
      example: {},
      counter: { onOrder: band, ofSupplier: 5_000 },
    },
    { rule: 'large', verdict: 'review', example: { onOrder: band } },
  ],
};

const sums = {
  onOrder: { of: 'amount', per: ['supplier', 'order'], within: '30 days' },
  ofSupplier: { of: 'amount', per: ['supplier'], within: '1 days' },
  byRequester: { of: 'amount', per: ['requester'], within: '8 hours' },
  accounts: { of: 'lines.account', per: ['supplier'], within: '30 days' },
  onAccount: { of: 'lines.amount', per: ['account'], within: '30 days' },
} as const;
const facts = z.strictObject({
  refused: z.boolean(),
  ...{ onOrder: Total, ofSupplier: Total, byRequester: Total, accounts: Total, onAccount: Total },
});
const terms = z.strictObject({
  supplier: z.string(),
  order: Reference.nullable(),
  amount: z.int(),
  currency: Currency,
  lines: z.array(z.strictObject({ account: z.string(), amount: z.int(), currency: Currency })),
});
const ruled = { on: 'spend', verdicts: ['allow', 'review', 'deny'], facts, sums, table } as const;
const countedOn = ['allow', 'review'] as const;

const process = (name: string) =>
  defineProcess({
    ...{
      name,
      owner: 'finance',
      request: z.object({ id: Reference }),
      key: ['id'],
      context: {},
      inferences: {},
      events: {},
    },
    terms: { spend: terms },
    outcomes: {},
    policies: { authority: policy({ ...ruled, countedOn }), urgent: policy({ ...ruled, countedOn }) },
    handoffs: {
      review: handoff({
        ...{ on: 'spend', owner: 'support-leads', escalateTo: 'support-managers', mayAmend: ['amount'] },
        ...{ ruledAgainBy: 'authority', requires: z.object({}) },
        ...{ answerWithin: '4 hours', expiresAfter: '3 days' },
      }),
    },
    actions: {
      pay: action({
        ...{ on: 'spend', does: 'payments.refund', compensatedBy: 'payments.cancelRefund' },
        ...{ input: z.strictObject({ amount: z.int() }), output: z.object({}) },
      }),
      tell: action({
        ...{ on: 'spend', does: 'tickets.reply', irreversible: 'a message that was read cannot be unread' },
        ...{ input: z.strictObject({ amount: z.int() }), output: z.object({}) },
      }),
    },
  });

export type Spend = z.input<typeof terms>;
export const spend = (more: Partial<Spend> = {}): Spend => ({
  ...{ supplier: 'Acme', order: 'PO-1', amount: 998, currency: 'EUR', lines: [] },
  ...more,
});

export type Spending = Awaited<ReturnType<typeof spending>>;
export type SpendCase = Awaited<ReturnType<Spending['open']>>;

/** A store in which money is spent, by the activities and the store's own functions; no engine. */
export async function spending() {
  const url = await migratedDatabase();
  const pool: Pool = createPool(url);
  const definitions = { spend: process('spend'), travel: process('travel') };
  await seedTables(pool, definitions);
  const check = checkPolicy({ pool, definitions });

  async function open({
    requester = randomUUID(),
    asOf,
    kind = 'spend',
  }: { requester?: string; asOf?: Date; kind?: string } = {}) {
    const businessKey = randomUUID();
    const caseId = `${kind}/${businessKey}`;
    await registerCase(pool, { caseId, process: kind, businessKey, runId: businessKey, request: {}, requester, asOf });
    let n = 0;

    const rule = async (
      of: Spend,
      { name = 'authority', key = `${caseId}/${++n}`, refused = false, given = {} } = {},
    ) => {
      const ruling = await check({ caseId, process: kind, name, key, lines: [{ refused, ...given }], terms: of });
      return ruling.verdict;
    };
    const act = async (action: 'pay' | 'tell', state?: Parameters<typeof actions.settle>[2]) => {
      const key = `${caseId}/${action}-${++n}`;
      const intent = { key, caseId, process: kind, action, operation: 'x.y', line: '', input: {}, approval: key };
      await actions.intend(pool, intent, 0, 0, ['straight-through']);
      if (state && state !== 'done') await actions.settle(pool, { key, caseId }, 'done', {});
      if (state) await actions.settle(pool, { key, caseId }, state, {});
    };
    const close = (outcome = 'done') => closeCase(pool, { caseId, outcome, result: {} });
    return {
      caseId,
      rule,
      pay: (state?: Parameters<typeof actions.settle>[2]) => act('pay', state),
      tell: () => act('tell', 'done'),
      close,
      /** Ruled on, paid and over. */
      async spends(of: Spend) {
        await rule(of);
        await act('pay', 'done');
        await close();
      },
      async answered(verdict: 'approved' | 'rejected' | 'returned' | 'expired', amended?: Spend) {
        const later = new Date(Date.now() + 1e6);
        const handoff = await openHandoff(pool, {
          ...{ id: `${caseId}/review-${++n}`, caseId, process: kind, name: 'review', owner: 'x', escalateTo: 'y' },
          ...{ termsName: 'spend', terms: spend(), packet: {}, mayAmend: [] },
          ...{ atRiskAt: later, escalatesAt: later, expiresAt: later },
        });
        const decision = { verdict, by: 'leo', role: 'x', because: '' };
        await decide(pool, handoff!, amended ? { ...decision, terms: amended } : decision);
      },
      /** Puts what it wrote, and when it closed, so far back. */
      async ages(by: string) {
        const back = (table: string, at: string) =>
          pool.query(`update ${table} set ${at} = ${at} - $2::interval where case_id = $1`, [caseId, by]);
        await Promise.all([back('actions', 'at'), back('rulings', 'at'), back('cases', 'closed_at')]);
      },
      /** What the last ruling was given, and what the record shows of the sums. */
      async seen(): Promise<{ facts: Record<string, number>; sums: { sum: string; otherCases: number }[] }> {
        const line = (await readRecord(pool, caseId)).findLast(({ type }) => type === 'policy.ruled');
        const { facts: lines, sums: shown } = line!.body as { facts: Record<string, number>[]; sums: never };
        return { facts: lines[0]!, sums: shown };
      },
    };
  }

  return { open, forget: () => pool.query('delete from counted'), close: () => pool.end() };
}
