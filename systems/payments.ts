import { system } from './system.ts';

export const payments = system({ owner: 'finance', reads: [], writes: ['refund', 'cancelRefund'], slow: false });
