import type { Policy, ProcessDefinition } from '../core/declare/definition.ts';
import { type Share, sharesOf, totalsOf } from '../rules/sums.ts';
import type { Db } from '../store/pool.ts';
import { elsewhere, lockSums, requesterOf } from '../store/sums.ts';

export interface Summed {
  /** By the names of the facts. */
  totals: Record<string, number>;
  /** What the terms add to the sums of others, if they are ruled on as `countedOn` says. */
  counted: { key: string; item: string; amount: number }[];
  /** For the record: what of each total is this case's own, and how many others have the rest. */
  shown: { sum: string; own: number; others: number; otherCases: number }[];
}

/** The sums of a policy for these terms. Until the transaction ends, no other case is ruled on what is counted with it. */
export async function sumsFor(
  db: Db,
  { name: process, actions }: ProcessDefinition,
  { sums = {}, on }: Policy,
  caseId: string,
  terms: Record<string, unknown>,
): Promise<Summed> {
  const perRequester = Object.values(sums).some(({ per }) => per.includes('requester'));
  const requester = perRequester ? await requesterOf(db, caseId) : '';
  const shares = sharesOf(sums, terms, { process, caseId, requester, on });
  const keys = shares.map(({ key }) => key);
  await lockSums(db, keys);
  const others = await elsewhere(db, caseId, { termsName: on, actions: takingEffect(actions, on) }, shares);
  const items = new Map(
    shares.flatMap(({ key, items }) => items.map((item) => [`${key} ${item.item}`, { key, ...item }])),
  );
  return { totals: totalsOf(sums, shares, others), counted: [...items.values()], shown: shown(shares, others) };
}

/** The writes on these terms that may have to be compensated; where there are none, those that stand for ever. */
function takingEffect(actions: ProcessDefinition['actions'], on: string): string[] {
  const writes = Object.entries(actions).filter(([, action]) => action.on === on);
  const reversible = writes.filter(([, { irreversible }]) => irreversible === undefined);
  return (reversible.length > 0 ? reversible : writes).map(([name]) => name);
}

const shown = (shares: readonly Share[], others: readonly { amount: number; cases: number }[]): Summed['shown'] =>
  shares.map(({ sum, items }, n) => ({
    sum,
    own: items.reduce((all, { amount }) => all + amount, 0),
    others: others[n]?.amount ?? 0,
    otherCases: others[n]?.cases ?? 0,
  }));
