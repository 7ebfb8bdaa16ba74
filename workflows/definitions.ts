/** What every process declares; read at run time by activities, API and documents, never by workflow code. */
export { definition as refund } from './refund/definition.ts';
export { definition as 'service-renewal' } from './service-renewal/definition.ts';
export { definition as 'insurance-claim' } from './insurance-claim/definition.ts';
export { definition as 'order-exception' } from './order-exception/definition.ts';
export { definition as 'payable-exception' } from './payable-exception/definition.ts';
export { definition as 'access-request' } from './access-request/definition.ts';
export { definition as 'lead-intake' } from './lead-intake/definition.ts';
export { definition as 'contract-review' } from './contract-review/definition.ts';
export { definition as reversal } from './reversal/definition.ts';
