import churnRisk from '../../../workflows/service-renewal/tables/churn-risk.json' with { type: 'json' };
import discountAuthority from '../../../workflows/service-renewal/tables/discount-authority.json' with { type: 'json' };
import pricing from '../../../workflows/service-renewal/tables/pricing.json' with { type: 'json' };
import renewal from '../../../workflows/service-renewal/tables/renewal.json' with { type: 'json' };
import { kebab, nothing, type Observed, type Parameter, type SetTable } from '../set.ts';

interface Event {
  as_of: string;
  customer_id: string;
  quote: {
    requested_discount_percent: number;
    approved_discount_percent: number;
    quoted_annual_minor: number;
    terms_requested: string | null;
  };
  message: string | null;
}

interface Records {
  customer: {
    customer_id: string;
    contract_type: string;
    term_months: number;
    tenure_months: number;
    contract_end: string;
    auto_renew: boolean;
    notice_days: number;
    seats: number;
    monthly_price_per_seat_minor: number;
    annual_price_minor: number;
    lifetime_charges_per_seat_minor: number | null;
    paperless: boolean;
    payment_method: string;
    services: Record<string, boolean> & { internet: string };
    usage_percent: number;
    tickets_90d: number;
    open_sev1: number;
    oldest_overdue_days: number;
    cancel_requested_on: string | null;
  };
}

interface Expected {
  label: string;
  decision: 'auto' | 'person' | 'hold' | 'stop' | 'wait';
  owner: keyof typeof queues | null;
  correct_annual_minor: number;
  risk_points: number;
  notice_deadline: string;
  new_term_months: number;
}

interface Policy {
  parameters: Record<string, unknown>;
  risk_points: { points: number }[];
}

const queues = {
  account_manager: 'account-managers',
  sales_manager: 'deal-desk',
  finance_director: 'finance-directors',
  finance: 'finance',
  support: 'support-leads',
  pricing_desk: 'pricing-desk',
  legal: 'legal',
  retention: 'retention',
  renewal_desk: 'renewal-desk',
};

/** The data says of a customer what we keep of a customer and of the one subscription they have; its id is the row's key. */
export const renewals: SetTable<Event, Records, Expected> = {
  set: 'renewals',
  process: 'service-renewal',
  asOf: ({ as_of }) => as_of,

  request: ({ customer_id, quote, message }, key, { customer }) => ({
    subscriptionId: key,
    customerId: customer_id,
    termEnd: customer.contract_end,
    quote: {
      requestedDiscountPercent: quote.requested_discount_percent,
      approvedDiscountPercent: quote.approved_discount_percent,
      quotedAnnualPrice: quote.quoted_annual_minor,
      termsRequested: quote.terms_requested,
    },
    message,
  }),

  records: ({ customer }, _references, _event, subscriptionId) => {
    const { services } = customer;
    const customerId = customer.customer_id;
    return {
      subscriptions: {
        subscriptions: [
          {
            ...{ subscriptionId, customerId, seats: customer.seats },
            contractType: customer.contract_type,
            termMonths: customer.term_months,
            tenureMonths: customer.tenure_months,
            termEnd: customer.contract_end,
            autoRenews: customer.auto_renew,
            noticeDays: customer.notice_days,
            services: {
              phone: services['phone'],
              internet: services.internet,
              onlineSecurity: services['online_security'],
              onlineBackup: services['online_backup'],
              deviceProtection: services['device_protection'],
              techSupport: services['tech_support'],
              streamingTv: services['streaming_tv'],
              streamingMovies: services['streaming_movies'],
            },
            cancelRequestedOn: customer.cancel_requested_on,
            lifetimeChargesPerSeat: customer.lifetime_charges_per_seat_minor,
          },
        ],
      },
      usage: { usage: [{ subscriptionId, usagePercent: customer.usage_percent }] },
      support: {
        tickets: [{ customerId, ticketsIn90Days: customer.tickets_90d, openSeverity1: customer.open_sev1 }],
      },
      billing: {
        accounts: [
          {
            ...{ customerId, paperless: customer.paperless },
            paymentMethod: customer.payment_method,
            oldestOverdueDays: customer.oldest_overdue_days,
          },
        ],
      },
      priceBook: {
        prices: [
          {
            ...{ subscriptionId, currency: 'USD' },
            monthlyPerSeat: customer.monthly_price_per_seat_minor,
            annualPrice: customer.annual_price_minor,
          },
        ],
      },
    };
  },

  expects: (expected, { as_of }, { customer }) => {
    const { decision, label, owner, correct_annual_minor, risk_points, notice_deadline, new_term_months } = expected;
    const asked = owner === null ? [] : [queues[owner]];
    const binds = customer.auto_renew && notice_deadline >= as_of;
    const auto = {
      new_term_months,
      price: correct_annual_minor,
      until: binds ? notice_deadline : customer.contract_end,
    };
    return {
      ...nothing,
      asked,
      rest:
        decision === 'auto'
          ? 'waiting for answer'
          : decision === 'wait'
            ? ['waiting for notice', 'closed']
            : `waiting for ${asked.join()}`,
      rule: kebab(label),
      values: {
        offers: decision === 'auto' ? [auto] : [],
        ...(decision === 'wait' ? {} : { correct_annual_minor, risk_points }),
      },
    };
  },

  called: ({ name, owner }) => owner ?? name,
  deciding: 'renewal',
  // Compared by what they say: the letter is nobody's to expect.
  uncounted: ['offers.send'],

  values: (observed) => ({
    offers: observed.writes
      .filter(({ operation }) => operation === 'offers.send')
      .map(({ body }) => ({
        ...{ new_term_months: body['newTermMonths'], price: body['annualPrice'], until: body['answerBy'] },
      })),
    correct_annual_minor: lastOf(observed, 'renewal')?.facts[0].rightPrice,
    risk_points: lastOf(observed, 'churnRisk')?.outputs['points'],
  }),

  parameters: ({ parameters, risk_points }: Policy) => {
    const escalators = pricing.rows.filter(({ verdict }) => verdict === 'known');
    const points = churnRisk.rows.map(({ outputs }) => outputs.points).filter((each) => each > 0);
    const [first, second] = discountAuthority.rows.map(({ outputs }) => outputs.owner);
    const ours: Record<string, unknown> = {
      currency: 'USD',
      open_window_days: numberIn('too-early', 'daysToEnd', '>'),
      escalator_percent: Object.fromEntries(
        escalators.map(({ when, outputs }) => [when!.contractType.replaceAll("'", ''), outputs.escalatorPercent]),
      ),
      overdue_block_days: numberIn('overdue-block', 'overdueDays', '>'),
      high_value_minor: numberIn('high-value', 'annualValue', '>='),
      auto_max_minor: numberIn('review', 'annualValue', '>'),
      risk_threshold: numberIn('save-offer', 'riskPoints', '>='),
      uplift_cap_percent: only(escalators.map(({ outputs }) => outputs.upliftCapPercent)),
      price_tolerance_minor: only(escalators.map(({ outputs }) => outputs.priceTolerance)),
      discount_bands_percent: [first, second, discountAuthority.rows.at(-1)!.outputs.owner].map((owner, n) => [
        Number(discountAuthority.rows[n]!.when?.discountPercent.replace('<= ', '') ?? Number.NaN) || null,
        nameOf(owner!),
      ]),
    };
    const { today: _, ...theirs } = parameters; // the clock of a case starts at its event's `as_of`
    return [
      ...Object.entries(theirs).map(([name, value]): Parameter => ({ name, theirs: value, ours: ours[name] })),
      { name: 'risk_points', theirs: risk_points.map((each) => each.points), ours: points },
    ];
  },
};

const lastOf = ({ rulings }: Observed, policy: string) => rulings.findLast((ruling) => ruling.policy === policy);

const only = (values: number[]) => (new Set(values).size === 1 ? values[0] : values);

const nameOf = (queue: string) => Object.entries(queues).find(([, ours]) => ours === queue)?.[0];

/** The number that a cell compares its fact with, `>` or `>=`. */
function numberIn(rule: string, fact: string, sign: '>' | '>='): number | string {
  const row = renewal.rows.find((one) => one.rule === rule);
  const cell = (row?.when as Record<string, string> | undefined)?.[fact] ?? '';
  const [, found, number] = /^(>=?) (\d+)/.exec(cell) ?? [];
  return found === sign ? Number(number) : cell;
}
