/** What `npm start` plays, one line for each process. */
export { samples as refund } from './refund/samples.ts';
export { samples as 'service-renewal' } from './service-renewal/samples.ts';
export { samples as 'insurance-claim' } from './insurance-claim/samples.ts';
export { samples as 'order-exception' } from './order-exception/samples.ts';
export { samples as 'payable-exception' } from './payable-exception/samples.ts';
export { samples as 'access-request' } from './access-request/samples.ts';
export { samples as 'lead-intake' } from './lead-intake/samples.ts';
export { samples as 'contract-review' } from './contract-review/samples.ts';
