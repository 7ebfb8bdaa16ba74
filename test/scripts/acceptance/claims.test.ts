import assert from 'node:assert/strict';
import { difference } from '../../../scripts/acceptance/compare.ts';
import { claims } from '../../../scripts/acceptance/sets/claims.ts';

const rule = (label: string, owner: string) => ({ label, owner });

/** The company's parameters, as our tables hold them. */
const policy = {
  parameters: {
    ...{ currency: 'USD', auto_max_minor: 1_000_000, mid_max_minor: 10_000_000, inception_days: 14 },
    ...{ late_report_days: 60, frequency_12m: 3, near_limit_percent: 95, account_change_days: 10 },
    ...{ fraud_flags_to_refer: 2, duplicate_amount_percent: 10, duplicate_days: 1, acknowledge_days: 15 },
    documents: {
      'Commercial Auto': ['police_report', 'repair_estimate'],
      "Worker's Comp": ['first_report_of_injury', 'medical_report'],
    },
  },
  rules: [rule('sanctions_hit', 'compliance'), rule('fraud_referral', 'siu'), rule('straightforward', 'operations')],
};

const differing = (theirs: object) =>
  claims
    .parameters(theirs)
    .filter(({ name, theirs, ours }) => difference(name, theirs, ours))
    .map(({ name }) => name);

describe('the acceptance of claims', () => {
  it('takes data that was made with the parameters of our tables', () => {
    assert.deepEqual(differing(policy), []);
  });

  for (const name of Object.keys(policy.parameters)) {
    it(`notices another ${name}`, () => {
      const parameters = { ...policy.parameters, [name]: name === 'documents' ? {} : 7 };
      assert.ok(differing({ ...policy, parameters }).some((found) => found.startsWith(name)));
    });
  }

  it('notices a parameter that we do not have, rules in another order, and another owner', () => {
    const parameters = { ...policy.parameters, grace_days: 3 };
    assert.ok(differing({ ...policy, parameters }).some((found) => found.startsWith('grace_days')));
    const owned = [...policy.rules.slice(0, 2), rule('straightforward', 'examiner')];
    for (const rules of [policy.rules.toReversed(), owned])
      assert.deepEqual(differing({ ...policy, rules }), ['rules and their owners, in order']);
  });
});
