import type { Request } from './types.ts';

/** Where what is known of a subscription and its customer is read. */
export const sourcesOf = ({ subscriptionId, customerId }: Request) => ({
  ...{
    subscription: { subscriptionId },
    usage: { subscriptionId },
    price: { subscriptionId },
    earlier: { subscriptionId },
  },
  ...{ tickets: { customerId }, account: { customerId } },
});
