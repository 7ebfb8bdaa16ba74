import assert from 'node:assert/strict';
import { difference } from '../../../scripts/acceptance/compare.ts';
import { leads } from '../../../scripts/acceptance/sets/leads.ts';

/** What our tables hold, as the data would say it. */
const policy = () => {
  const ours = Object.fromEntries(leads.parameters(empty).map(({ name, ours }) => [name, ours])) as Record<string, any>;
  const { free_mail_domains, competitor_domains, sanctioned_countries, country_spellings } = ours;
  const { territory_of_country, territory_teams, enterprise_teams } = ours;
  const lists = { free_mail_domains, competitor_domains, sanctioned_countries, country_spellings };
  const desks = Object.fromEntries(ours['desks'] as [string, string][]);
  const rules = (ours['rules and what they decide, in order'] as [string, string][]).map(([label, decision]) => ({
    ...{ label: label.replaceAll('-', '_'), decision, owner: desks[label] ?? null },
  }));
  return { ...empty, ...lists, territory_of_country, territory_teams, enterprise_teams, rules };
};

const parameters = {
  ...{ enterprise_employees: 1000, enterprise_budget_minor: 5_000_000, spam_links: 3 },
  ...{ sla_tier1_minutes: 5, sla_tier2_minutes: 1440, sla_queue_minutes: 60 },
};
const empty = {
  parameters: parameters as Record<string, unknown>,
  ...{ free_mail_domains: [], competitor_domains: [], sanctioned_countries: [], country_spellings: {} },
  ...{ territory_of_country: {}, territory_teams: {}, enterprise_teams: {}, rules: [] },
};

const differing = (theirs: object) =>
  leads
    .parameters(theirs)
    .filter(({ name, theirs, ours }) => difference(name, theirs, ours))
    .map(({ name }) => name);

describe('the acceptance of leads', () => {
  it('takes data that was made with the parameters of our tables', () => {
    assert.deepEqual(differing(policy()), []);
  });

  for (const name of [...Object.keys(parameters), 'tier1_words', 'spam_words', 'job_words', 'support_words', 'grace']) {
    it(`notices another ${name}`, () => {
      const theirs = { ...policy(), parameters: { ...parameters, [name]: name.endsWith('words') ? ['other'] : 7 } };
      assert.deepEqual(differing(theirs), [name]);
    });
  }

  for (const name of ['free_mail_domains', 'competitor_domains', 'sanctioned_countries']) {
    it(`notices one more of the ${name}`, () => {
      const before = policy();
      const list = before[name as 'free_mail_domains'] as string[];
      assert.deepEqual(differing({ ...before, [name]: [...list, 'x.example'] }), [name]);
    });
  }

  for (const name of ['country_spellings', 'territory_of_country', 'territory_teams', 'enterprise_teams']) {
    it(`notices others of the ${name}`, () => {
      assert.deepEqual(differing({ ...policy(), [name]: {} }), [name]);
    });
  }

  it('notices rules in another order', () => {
    const before = policy();
    const found = differing({ ...before, rules: before.rules.toReversed() });
    assert.ok(found.includes('rules and what they decide, in order'));
  });
});
