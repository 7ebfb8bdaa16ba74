/** Every process, one line each: the workflows a worker can run, and the only list of them. */
export { refund } from './refund/workflow.ts';
export { serviceRenewal as 'service-renewal' } from './service-renewal/workflow.ts';
export { insuranceClaim as 'insurance-claim' } from './insurance-claim/workflow.ts';
export { orderException as 'order-exception' } from './order-exception/workflow.ts';
export { payableException as 'payable-exception' } from './payable-exception/workflow.ts';
export { accessRequest as 'access-request' } from './access-request/workflow.ts';
export { leadIntake as 'lead-intake' } from './lead-intake/workflow.ts';
export { contractReview as 'contract-review' } from './contract-review/workflow.ts';
export { reversal } from './reversal/workflow.ts';
