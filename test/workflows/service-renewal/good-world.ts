/** Today of every case here; its term ends in 90 days. */
export const asOf = new Date('2027-03-02T09:00:00Z');
export const termEnd = '2027-05-31';
export const subscriptionId = 'SUB-1';
export const customerId = 'K-1';

interface Changes {
  subscription?: object;
  usage?: object;
  tickets?: object;
  account?: object;
  price?: object;
}

/** A good world for a renewal: one small account on a contract of a year, well used, with nothing in the way. */
export const records = ({ subscription, usage, tickets, account, price }: Changes = {}) => ({
  subscriptions: {
    subscriptions: [
      {
        ...{ subscriptionId, customerId, contractType: 'One year', termMonths: 12, tenureMonths: 30, termEnd },
        ...{
          autoRenews: true,
          noticeDays: 30,
          seats: 10,
          cancelRequestedOn: null as string | null,
          lifetimeChargesPerSeat: 120_000,
        },
        services: {
          ...{ phone: true, internet: 'DSL', techSupport: true, onlineSecurity: true, onlineBackup: false },
          ...{ deviceProtection: false, streamingTv: false, streamingMovies: false },
        },
        ...subscription,
      },
    ],
  },
  usage: { usage: [{ subscriptionId, usagePercent: 80, ...usage }] },
  support: { tickets: [{ customerId, ticketsIn90Days: 0, openSeverity1: 0, ...tickets }] },
  billing: {
    accounts: [{ customerId, paymentMethod: 'Mailed check', paperless: true, oldestOverdueDays: 0, ...account }],
  },
  priceBook: {
    prices: [{ subscriptionId, monthlyPerSeat: 5_000, annualPrice: 600_000, currency: 'USD', ...price }],
  },
});

/** What the rules give for it: 3 % more than today. */
export const rightPrice = 618_000;

export const request = (changes: object = {}) => ({ subscriptionId, customerId, termEnd, ...changes });

export const quote = (changes: object = {}) => ({
  ...{ requestedDiscountPercent: 0, approvedDiscountPercent: 0, quotedAnnualPrice: rightPrice, termsRequested: null },
  ...changes,
});

export const renewal = {
  ...{ subscriptionId, termEnd, newTermEnd: '2028-05-31', newTermMonths: 12 },
  ...{ annualPrice: rightPrice, currency: 'USD', conditions: null },
};
