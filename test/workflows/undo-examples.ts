/** Writes that can be taken back, one line for each process. */
export { undoExamples as refund } from './refund/undo-examples.ts';
export { undoExamples as 'service-renewal' } from './service-renewal/undo-examples.ts';
export { undoExamples as 'insurance-claim' } from './insurance-claim/undo-examples.ts';
export { undoExamples as 'order-exception' } from './order-exception/undo-examples.ts';
export { undoExamples as 'payable-exception' } from './payable-exception/undo-examples.ts';
export { undoExamples as 'access-request' } from './access-request/undo-examples.ts';
export { undoExamples as 'lead-intake' } from './lead-intake/undo-examples.ts';
export { undoExamples as 'contract-review' } from './contract-review/undo-examples.ts';
