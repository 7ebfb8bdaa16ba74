/** Writes that can be taken back, one line for each process. */
export { undoExamples as refund } from './refund/undo-examples.ts';
