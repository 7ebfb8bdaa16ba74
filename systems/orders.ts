import { system } from './system.ts';

export const orders = system({
  owner: 'order-management',
  reads: ['list', 'ofCustomer'],
  writes: [
    ...(['requestReturn', 'voidReturn', 'cancel', 'reinstate', 'exchangeItems', 'voidExchange'] as const),
    ...(['changeItems', 'restoreItems', 'changePayment', 'restorePayment'] as const),
    ...(['changeAddress', 'restoreAddress', 'releaseHold', 'holdAgain', 'cancelLine', 'reinstateLine'] as const),
  ],
});
