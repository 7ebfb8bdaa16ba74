import type { Evidence } from '../evidence.ts';
import { asApproved } from './as-approved.ts';
import { errorsClear } from './errors-clear.ts';
import { evidenced } from './evidenced.ts';
import type { Invariant } from './invariant.ts';
import { modelSaw } from './model-saw.ts';
import { nothingDoubled } from './nothing-doubled.ts';
import { nothingLost } from './nothing-lost.ts';
import { nothingStuck } from './nothing-stuck.ts';
import { ownedAndDue } from './owned-and-due.ts';
import { recordWhole } from './record-whole.ts';
import { rolledBack } from './rolled-back.ts';

const invariants: readonly Invariant[] = [
  ...[nothingLost, nothingDoubled, rolledBack, evidenced, asApproved],
  ...[recordWhole, ownedAndDue, modelSaw, errorsClear, nothingStuck],
];

export interface Finding {
  number: number;
  name: string;
  looked: number;
  broken: string[];
}

/** Holds the evidence against the ten invariants. */
export const judge = (evidence: Evidence): Finding[] =>
  invariants.map(({ number, name, check }) => ({ number, name, ...check(evidence) }));
