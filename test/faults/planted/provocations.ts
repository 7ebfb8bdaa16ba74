import { type Misbehaviour, tell } from '../misbehaviour.ts';
import type { RunOptions } from '../run.ts';

export interface Provocation {
  /** The number of the invariant that the bug breaks. */
  breaks: number;
  /** What the calls of each of the writes meet, one after another: each so many of them. */
  meets: readonly (Misbehaviour & { times: number })[];
}

const lateMs = 6_000;

/** What shows each planted bug. */
export const provocations: Readonly<Record<string, Provocation>> = {
  'intent-after-the-write': { breaks: 4, meets: [] },
  'key-of-the-run': { breaks: 2, meets: [{ mode: 'lose-reply', times: 3 }] },
  'conflict-is-final': { breaks: 3, meets: [{ mode: 'under-way', ms: lateMs, times: 6 }] },
  'none-is-believed': {
    breaks: 3,
    meets: [
      { mode: 'late', ms: lateMs, times: 2 },
      { mode: 'refuse', times: 30 },
    ],
  },
};

/** Writes that cases make without anybody being asked. */
const writes = [
  ...['payments.refund', 'orders.cancel', 'orders.requestReturn', 'disbursements.pay', 'claims.setReserve'],
  ...[
    'payables.post',
    'leads.create',
    'leads.recordTouch',
    'leads.assign',
    'contracts.storeReview',
    'accessRegister.propose',
    'offers.send',
  ],
];

/** Lets the writes to a system, or to all, meet what shows the bug. */
export const provoking =
  (planted: string): NonNullable<RunOptions['faults']> =>
  async (bench) => {
    for (const one of planted.split(',')) {
      const [bug, system = ''] = one.split('@') as [string, string?];
      for (const operation of writes.filter((operation) => operation.startsWith(system)))
        for (const fault of provocations[bug]!.meets) await tell(bench, { operation, ...fault });
    }
    return [];
  };
