import type { UndoExamples } from '../undo-example.ts';
import { records, renewal } from './good-world.ts';

const { subscriptionId, annualPrice, currency } = renewal;

export const undoExamples: UndoExamples = {
  changePrice: { records: records(), input: { subscriptionId, annualPrice, currency } },
  bookRenewal: { records: records(), input: renewal },
};
