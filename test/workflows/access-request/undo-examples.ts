import type { UndoExamples } from '../undo-example.ts';
export const undoExamples: UndoExamples = {};
