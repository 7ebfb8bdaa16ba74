import authority from '../../../workflows/insurance-claim/tables/authority.json' with { type: 'json' };
import cover from '../../../workflows/insurance-claim/tables/cover.json' with { type: 'json' };
import guidelines from '../../../workflows/insurance-claim/tables/guidelines.json' with { type: 'json' };
import intake from '../../../workflows/insurance-claim/tables/intake.json' with { type: 'json' };
import { kebab, nothing, type Observed, type Parameter, type SetTable } from '../set.ts';

interface Event {
  claim: {
    policy_number: string;
    cause: string;
    date_of_loss: string;
    reported_on: string;
    loss_state: string;
    amount_minor: number;
    payee_name: string;
    payee_account_changed_on: string | null;
    bodily_injury: boolean;
    documents: string[];
    channel: string;
    narrative: string;
  };
}

interface Records {
  policy: {
    line_of_business: string;
    insured: string;
    state: string;
    new_or_renewal: string;
    effective_date: string;
    expiration_date: string;
    cancelled_on: string | null;
    limit_minor: number;
    deductible_minor: number;
    exclusions: string[];
  } | null;
  prior_claims: {
    claim_id: string;
    cause: string;
    date_of_loss: string;
    amount_minor: number;
    status: string;
    paid_minor: number;
  }[];
  screening_list: string[];
}

interface Expected {
  label: string;
  decision: string;
  owner: string;
  fraud_flags: string[];
  payable_minor: number;
  reserve_minor: number;
  acknowledge_by: string;
}

interface Policy {
  parameters: {
    currency: string;
    documents: Record<string, string[]>;
    auto_max_minor: number;
    mid_max_minor: number;
    fraud_flags_to_refer: number;
    [name: string]: unknown;
  };
  rules: { label: string; owner: string }[];
}

const queues: Record<string, string> = {
  operations: 'claims-intake',
  examiner: 'claims-examiners',
  senior_examiner: 'senior-claims-examiners',
  siu: 'special-investigations',
  compliance: 'sanctions-compliance',
};

/** The data names no currency in a claim: all are in the company's. */
const currency = 'USD';

export const claims: SetTable<Event, Records, Expected> = {
  set: 'claims',
  process: 'insurance-claim',

  asOf: ({ claim }) => claim.reported_on,

  request: ({ claim }, key) => ({
    claimId: key,
    policyNumber: claim.policy_number,
    cause: claim.cause,
    dateOfLoss: claim.date_of_loss,
    reportedOn: claim.reported_on,
    lossState: claim.loss_state,
    amount: claim.amount_minor,
    currency,
    payee: claim.payee_name,
    payeeAccountChangedOn: claim.payee_account_changed_on || null,
    bodilyInjury: claim.bodily_injury,
    documents: claim.documents,
    channel: claim.channel,
    narrative: claim.narrative,
  }),

  records: ({ policy, prior_claims, screening_list }, _, { claim }) => ({
    policies: {
      policies: (policy ? [policy] : []).map((found) => ({
        policyNumber: claim.policy_number,
        lineOfBusiness: found.line_of_business,
        insured: found.insured,
        state: found.state,
        newBusiness: found.new_or_renewal === 'New',
        effectiveDate: found.effective_date,
        expirationDate: found.expiration_date,
        cancelledOn: found.cancelled_on || null,
        limit: found.limit_minor,
        deductible: found.deductible_minor,
        exclusions: found.exclusions,
      })),
    },
    claims: {
      claims: prior_claims.map(({ claim_id, cause, date_of_loss, amount_minor, status, paid_minor }) => ({
        ...{ claimId: claim_id, policyNumber: claim.policy_number, cause, dateOfLoss: date_of_loss },
        ...{ amount: amount_minor, status, paid: paid_minor },
      })),
    },
    sanctions: {
      entries: screening_list.map((name, index) => ({ entryId: `entry-${index + 1}`, name, list: 'screening list' })),
    },
  }),

  expects: (expected, { claim }) => {
    const { label, decision, owner, fraud_flags, payable_minor, reserve_minor, acknowledge_by } = expected;
    const queue = queues[owner] ?? owner;
    const asked = decision === 'pay' || decision === 'request_information' ? [] : [queue];
    return {
      ...nothing,
      rest: { pay: 'closed', request_information: 'waiting for information' }[decision] ?? `waiting for ${queue}`,
      asked,
      rule: kebab(label),
      values: {
        reserves: [{ reserve: reserve_minor, currency }],
        payments: decision === 'pay' ? [{ payee: claim.payee_name, amount: payable_minor, currency }] : [],
        payable_minor,
        fraud_flags,
        acknowledge_by,
      },
    };
  },

  called: ({ name, owner }) => (name === 'information' ? name : (owner ?? name)),
  deciding: 'cover',
  askedBefore: ['disbursements.pay'],
  // The first two are compared among the values: a claim's id, which both name, is made by the run.
  uncounted: ['claims.setReserve', 'disbursements.pay', 'letters.send'],

  values: (observed) => ({
    reserves: written(observed, 'claims.setReserve', ['reserve', 'currency']),
    payments: written(observed, 'disbursements.pay', ['payee', 'amount', 'currency']),
    payable_minor: observed.approvedFor['disbursements.pay']?.['amount'] ?? observed.handoffs[0]?.terms?.amount ?? 0,
    fraud_flags: observed.rulings.find(({ policy }) => policy === 'cover')?.facts[0]?.flags,
    acknowledge_by: observed.approvedFor['letters.send']?.['acknowledgeBy'],
  }),

  parameters: ({ parameters, rules }: Policy) => {
    const { currency: books, documents, auto_max_minor, mid_max_minor, fraud_flags_to_refer, ...others } = parameters;
    const labels = rules.map(({ label }) => kebab(label));
    return [
      { name: 'currency', theirs: `not in ['${books}']`, ours: cell(intake, 'foreign-currency', 'currency') },
      { name: 'auto_max_minor', theirs: `>= ${auto_max_minor}`, ours: cell(cover, 'mid-band', 'claimed') },
      { name: 'auto_max_minor, paid', theirs: `< ${auto_max_minor}`, ours: cell(authority, 'automatic', 'amount') },
      {
        name: 'fraud_flags_to_refer',
        theirs: `len($) >= ${fraud_flags_to_refer}`,
        ours: cell(cover, 'fraud-referral', 'flags'),
      },
      ...guidelines.rows.flatMap(({ rule, outputs }) => [
        { name: `mid_max_minor, ${rule}`, theirs: mid_max_minor, ours: outputs.largeFrom },
        ...Object.entries(others).map(([name, theirs]): Parameter => {
          const ours: Record<string, unknown> = outputs;
          return { name: `${name}, ${rule}`, theirs, ours: ours[parameterNames[name] ?? name] };
        }),
      ]),
      {
        name: 'documents',
        theirs: documents,
        ours: Object.fromEntries(
          guidelines.rows.flatMap(({ when, outputs }) =>
            when && 'lineOfBusiness' in when ? [[when.lineOfBusiness!.slice(1, -1), outputs.documents]] : [],
          ),
        ),
      },
      {
        name: 'rules and their owners, in order',
        theirs: rules.map(({ label, owner }) => [kebab(label), queues[owner] ?? owner]),
        ours: cover.rows.filter(({ rule }) => labels.includes(rule)).map(({ rule, outputs }) => [rule, outputs.owner]),
      },
    ];
  },
};

const parameterNames: Record<string, string> = {
  inception_days: 'inceptionDays',
  late_report_days: 'lateReportDays',
  frequency_12m: 'frequentClaims',
  near_limit_percent: 'nearLimitPercent',
  account_change_days: 'accountChangeDays',
  duplicate_amount_percent: 'duplicatePercent',
  duplicate_days: 'duplicateDays',
  acknowledge_days: 'acknowledgeDays',
};

const written = ({ writes }: Observed, operation: string, fields: string[]) =>
  writes
    .filter((write) => write.operation === operation)
    .map(({ body }) => Object.fromEntries(fields.map((field) => [field, body[field]])));

interface Table {
  rows: { rule: string; when?: Record<string, string | undefined> }[];
}

const cell = (table: Table, rule: string, fact: string): string | undefined =>
  table.rows.find((row) => row.rule === rule)?.when?.[fact];
