import assert from 'node:assert/strict';
import { compileTable, decide } from '../../rules/decision-table.ts';
import { addDays, daysBetween } from '../../rules/dates.ts';
import { type Claim, type ClaimFile, openFile } from '../../workflows/insurance-claim/claim-file.ts';
import { definition } from '../../workflows/insurance-claim/definition.ts';
import { closureFacts, coverFacts, denialFacts } from '../../workflows/insurance-claim/facts.ts';
import { assessmentTerms, closureTerms, denialTerms, intakeTerms } from '../../workflows/insurance-claim/terms.ts';
import type { Notice, Ruling } from '../../workflows/insurance-claim/types.ts';
import { ago, goodNotice, listed, policy, priorClaim } from './insurance-claim/good-notice.ts';

const { guidelines, cover, authority, denial, closure } = definition.policies;
const guides = compileTable(guidelines.table, guidelines);
const rules = compileTable(cover.table, cover);
const bands = compileTable(authority.table, authority);
const denials = compileTable(denial.table, denial);
const closures = compileTable(closure.table, closure);

const read = (more: object = {}) => ({
  answer: { details: [], recommendation: 'pay' as const, summary: '', ...more },
  ...{ confident: true, confidence: 1, evidence: [] },
});

interface Changes {
  notice?: Record<string, unknown>;
  policy?: object | null;
  priorClaims?: object[];
  documents?: object[];
  hits?: object[];
  reading?: object;
  file?: Partial<ClaimFile>;
}

/** What the rules say of the good claim with these things changed. */
function ruled({ notice: changed = {}, ...more }: Changes) {
  const notice = definition.request.parse(goodNotice(changed)) as Notice;
  const insured = more.policy === null ? null : { ...policy, newBusiness: false, ...more.policy };
  const line = { policyFound: insured !== null, lineOfBusiness: insured?.lineOfBusiness ?? '' };
  const guide = decide(guides, line);
  const found = {
    ...{ policy: insured, priorClaims: more.priorClaims ?? [], documents: more.documents ?? [] },
    ...{ screening: { hits: more.hits ?? [] }, reading: more.reading ?? read() },
    ...{ guidelines: guide.outputs, guided: guide.verdict === 'apply' },
  };
  const claim = { ...openFile(notice), ...more.file, found } as unknown as Claim;
  const facts = coverFacts(claim);
  const payable = assessmentTerms(claim).amount;
  return { ...decide(rules, facts), flags: facts.flags, payable, intake: intakeTerms(claim) };
}
const rule = (changes: Changes) => ruled(changes).rule;
const flags = (changes: Changes) => ruled(changes).flags;
const prior = (more: object) => ({
  ...priorClaim,
  cause: 'hail',
  dateOfLoss: ago(10),
  amount: 450_037,
  paid: 0,
  ...more,
});

describe('the facts of an insurance claim', () => {
  it('count days over leap years and changes of the clock', () => {
    assert.equal(addDays('2024-02-28', 1), '2024-02-29');
    assert.equal(addDays('2023-02-28', 1), '2023-03-01');
    assert.equal(daysBetween('2024-02-28', '2024-03-01'), 2);
    assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
    assert.equal(daysBetween('2026-03-02', '2026-02-28'), -2);
  });

  it('find a policy in force from its first day to the day before it ends', () => {
    const dateOfLoss = ago(10);
    const lapsed = (changes: object) => rule({ policy: changes }) === 'coverage-lapsed';
    assert.ok(!lapsed({ effectiveDate: dateOfLoss }));
    assert.ok(lapsed({ effectiveDate: ago(9) }));
    assert.ok(lapsed({ expirationDate: dateOfLoss }));
    assert.ok(!lapsed({ expirationDate: ago(9) }));
    assert.ok(lapsed({ cancelledOn: dateOfLoss }));
    assert.ok(!lapsed({ cancelledOn: ago(9) }));
  });

  it('find the same loss again within a day and a tenth of the amount, of the same cause only', () => {
    const again = (more: object) => rule({ priorClaims: [prior(more)] }) === 'duplicate';
    assert.ok(again({ dateOfLoss: ago(9) }) && again({ dateOfLoss: ago(11) }));
    assert.ok(!again({ dateOfLoss: ago(8) }) && !again({ dateOfLoss: ago(12) }));
    assert.ok(!again({ cause: 'fire' }));
    const claimed = { notice: { amount: 990_000 } };
    const of = (amount: number) => rule({ ...claimed, priorClaims: [prior({ amount })] }) === 'duplicate';
    assert.ok(of(900_000) && of(1_100_000), 'a tenth of the earlier amount');
    assert.ok(!of(899_999) && !of(1_100_001));
    assert.ok(!of(0));
  });

  it('do not take the claim itself for an earlier one', () => {
    const notice = goodNotice();
    assert.equal(rule({ notice, priorClaims: [prior({ claimId: notice.claimId })] }), 'straightforward');
  });

  it('pay what is claimed less the deductible, at most what is left of the limit, never less than nothing', () => {
    assert.equal(ruled({}).payable, 350_037);
    assert.equal(rule({ policy: { deductible: 450_037 } }), 'below-deductible');
    assert.equal(ruled({ policy: { deductible: 450_036 } }).payable, 1);
    const paid = (left: number) => [prior({ cause: 'fire', paid: policy.limit - left })];
    assert.equal(rule({ priorClaims: paid(450_037) }), 'straightforward');
    assert.equal(rule({ priorClaims: paid(450_036) }), 'above-limit');
    assert.equal(ruled({ priorClaims: paid(300_000) }).payable, 300_000);
    assert.equal(ruled({ priorClaims: paid(-5) }).payable, 0);
    assert.equal(
      ruled({ priorClaims: [prior({ cause: 'fire', status: 'open', paid: policy.limit })] }).payable,
      350_037,
    );
  });

  it('reserve what is claimed, at most the limit, and acknowledge within fifteen days', () => {
    assert.equal(ruled({ notice: { amount: policy.limit + 1 } }).intake.reserve, policy.limit);
    assert.equal(ruled({ notice: { amount: 700 }, policy: null }).intake.reserve, 700);
    const leap = { dateOfLoss: '2024-02-10', reportedOn: '2024-02-20' };
    assert.equal(ruled({ notice: leap }).intake.acknowledgeBy, '2024-03-06');
  });

  it('send amounts to the band that begins with them', () => {
    const owner = (amount: number) => ruled({ notice: { amount } }).outputs['owner'];
    assert.deepEqual([999_999, 1_000_000, 9_999_999, 10_000_000].map(owner), [
      'claims-intake',
      'claims-examiners',
      'claims-examiners',
      'senior-claims-examiners',
    ]);
    const settledBy = (amount: number, plain = false, paidOnPolicy = amount, paidToPayee = amount) =>
      decide(bands, { amount, overCover: 0, plain, paidOnPolicy, paidToPayee }).rule;
    assert.deepEqual(
      [9_999_999, 10_000_000, 99_999_999, 100_000_000].map((amount) => settledBy(amount)),
      ['claims-finance', 'finance-managers', 'finance-managers', 'chief-financial-officer'],
    );
    assert.deepEqual([settledBy(999_999, true), settledBy(1_000_000, true)], ['automatic', 'claims-finance']);
    const split = [
      settledBy(9, true, 1_000_000, 9),
      settledBy(9, true, 9, 1_000_000),
      settledBy(9, true, 10_000_000, 9),
    ];
    assert.deepEqual(split, ['claims-finance', 'claims-finance', 'finance-managers']);
  });

  it('take an injury for severe on the road, and for the matter itself at work', () => {
    const injured = { bodilyInjury: true };
    assert.equal(rule({ notice: injured }), 'large-or-injury');
    const work = { lineOfBusiness: "Worker's Comp" };
    const papers = ['first_report_of_injury', 'medical_report'];
    assert.equal(rule({ notice: { ...injured, documents: papers }, policy: work }), 'straightforward');
    assert.equal(rule({ policy: { lineOfBusiness: 'Inland Marine' } }), 'unknown-line');
  });

  describe('raise a flag', () => {
    const at = (day: number, changes: object) => ({
      notice: { dateOfLoss: ago(day), reportedOn: ago(day) },
      ...changes,
    });

    it('FF-1 for a loss in the first fourteen days of a new policy', () => {
      const since = (days: number, newBusiness = true) =>
        flags(at(10, { policy: { newBusiness, effectiveDate: ago(10 + days) } })).includes('FF-1');
      assert.deepEqual([since(0), since(14), since(15), since(-1), since(0, false)], [true, true, false, false, false]);
    });

    it('FF-2 for a report more than sixty days after the loss', () => {
      const after = (days: number) => flags({ notice: { dateOfLoss: ago(days), reportedOn: ago(0) } }).includes('FF-2');
      assert.deepEqual([after(60), after(61)], [false, true]);
    });

    it('FF-3 for three claims in the year before', () => {
      const of = (days: number[]) =>
        flags({ priorClaims: days.map((day) => prior({ cause: 'fire', dateOfLoss: ago(10 + day) })) }).includes('FF-3');
      assert.deepEqual([of([0, 1, 365]), of([0, 1, 366]), of([0, 1]), of([0, 1, -1])], [true, false, false, false]);
    });

    it('FF-4 for an amount between 95 % of the limit and the limit', () => {
      const of = (amount: number) => flags({ notice: { amount } }).includes('FF-4');
      assert.deepEqual([47_499_999, 47_500_000, 50_000_000, 50_000_001].map(of), [false, true, true, false]);
    });

    it('FF-5 for an account that was changed in the ten days before the report', () => {
      const of = (payeeAccountChangedOn: string | null) =>
        flags({ notice: { payeeAccountChangedOn } }).includes('FF-5');
      assert.deepEqual([ago(0), ago(10), ago(11), ago(-1), null].map(of), [true, true, false, false, false]);
    });

    it('FF-6 not for a state or a document that is spelled in another case', () => {
      const of = (notice: object) => flags({ notice: { documents: [], ...notice } }).includes('FF-6');
      assert.ok(!of({ lossState: 'oh ' }));
      assert.ok(!of({ lossState: 'TX', documents: ['Police_Report'] }));
    });

    it('FF-6 for a loss in another state without a police report', () => {
      const of = (documents: string[]) => flags({ notice: { lossState: 'TX', documents } }).includes('FF-6');
      assert.deepEqual([of(['police_report']), of(['repair_estimate'])], [false, true]);
    });

    it('FF-7 for a round amount that no estimate or medical report bears out', () => {
      const of = (amount: number, documents: string[]) => flags({ notice: { amount, documents } }).includes('FF-7');
      assert.ok(of(500_000, ['police_report']) && !of(500_001, ['police_report']));
      assert.ok(!of(500_000, ['repair_estimate']) && !of(500_000, ['medical_report']));
    });

    it('and one alone refers nothing', () => {
      const late = { dateOfLoss: ago(61), reportedOn: ago(0) };
      assert.equal(rule({ notice: late }), 'straightforward');
      assert.equal(rule({ notice: { ...late, lossState: 'TX', documents: ['repair_estimate'] } }), 'fraud-referral');
    });
  });

  it('take documents for there however they came', () => {
    const documents = ['police_report'];
    assert.equal(rule({ notice: { documents } }), 'missing-documents');
    const filed = { documentId: 'D-1', kind: 'repair_estimate', text: '' };
    assert.equal(rule({ notice: { documents }, documents: [filed] }), 'straightforward');
    assert.equal(rule({ file: { documents: [] } }), 'missing-documents');
    assert.equal(rule({ file: { documents: [], asked: 3 } }), 'documents-overdue');
  });

  it('know causes and documents whatever the case that they are spelled in', () => {
    assert.equal(rule({ policy: { exclusions: ['Hail'] } }), 'peril-excluded');
    assert.equal(rule({ notice: { cause: 'HAIL ' }, policy: { exclusions: ['hail'] } }), 'peril-excluded');
    assert.equal(rule({ priorClaims: [prior({ cause: 'Hail' })] }), 'duplicate');
    assert.equal(rule({ notice: { documents: ['Police_Report', 'REPAIR_ESTIMATE'] } }), 'straightforward');
  });

  it('let a person set a finding aside, and then no rule pays by itself', () => {
    assert.equal(rule({ hits: [listed] }), 'sanctions-hit');
    assert.equal(
      rule({ hits: [listed], file: { clearedEntries: [listed.entryId], setAside: ['sanctions'] } }),
      'set-aside',
    );
    assert.equal(
      rule({ hits: [listed, { ...listed, entryId: 'S-2' }], file: { clearedEntries: ['S-1'] } }),
      'sanctions-hit',
    );
    assert.equal(rule({ policy: { exclusions: ['hail'] }, file: { setAside: ['cover'] } }), 'set-aside');
  });

  it('let the model make the rules more careful, and never less', () => {
    assert.equal(rule({ reading: { ...read(), confident: false } }), 'unsure');
    assert.equal(rule({ reading: read({ recommendation: 'deny' }) }), 'told-otherwise');
    const detail = (what: string, value: string) => read({ details: [{ what, value, quote: value }] });
    assert.equal(rule({ reading: detail('amount', '4500.37') }), 'straightforward');
    assert.equal(rule({ reading: detail('amount', '4500.38') }), 'told-otherwise');
    assert.equal(rule({ reading: detail('amount', 'a lot') }), 'told-otherwise');
    assert.equal(rule({ reading: detail('date-of-loss', ago(11)) }), 'told-otherwise');
    const lapsed = { policy: { cancelledOn: ago(20) }, reading: read({ recommendation: 'pay' }) };
    assert.equal(rule(lapsed), 'coverage-lapsed');
  });

  describe('of a letter say whether it names the claim', () => {
    const notice = definition.request.parse(goodNotice({ claimId: 'FN-1' })) as Notice;
    const clause = 'Exclusions: hail.';
    const because = { verdict: 'examiner', outputs: { owner: '', clause } } as Ruling<'grounds'>;
    const denies = (more: object) =>
      decide(denials, denialFacts({ ...denialTerms(notice, clause), ...more }, because)).rule;
    const closes = (more: object) => decide(closures, closureFacts({ ...closureTerms(notice, 'PC-2'), ...more })).rule;

    const named = ['FN-1', 'claim FN-1.', '(FN-1)', 'FN-10 is not FN-1', 'FN-1, FN-10', "FN-1's", '"FN-1"', 'FN-1: no'];
    const not = ['', 'FN-10', 'FN-1-2', 'XFN-1', 'X-FN-1', 'fn-1', 'FN -1', 'FN-1é', 'FN-11FN-1'];
    for (const letter of [...named, ...not]) {
      const isNamed = named.includes(letter);
      it(`${letter || 'nothing'}: ${isNamed ? 'yes' : 'no'}`, () => {
        assert.equal(denies({ letter }), isNamed ? 'as-the-grounds-say' : 'claim-not-named');
        assert.equal(closes({ letter: `${letter} PC-2` }), isNamed ? 'both-claims-named' : 'claim-not-named');
      });
    }

    it('as those do that the house writes', () => {
      assert.deepEqual([denies({}), closes({})], ['as-the-grounds-say', 'both-claims-named']);
      assert.equal(denies({ clause: 'Exclusions: hail' }), 'another-clause');
    });
  });
});
