import type { UndoExamples } from '../undo-example.ts';
import { records } from './records.ts';

export const undoExamples: UndoExamples = {
  enterNote: { records, input: { subject: 'S-1', note: 'open on Sundays' } },
};
