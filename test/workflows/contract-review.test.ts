import assert from 'node:assert/strict';
import { plainHistory } from '../plain-history.ts';
import { until } from '../world.ts';
import { attacks } from './contract-review/attacks.ts';
import { departures, draftOf, library, standardForms } from './contract-review/good-world.ts';
import { type ReviewWorld, reviewWorld } from './contract-review/world.ts';

describe('a contract review', () => {
  let world: ReviewWorld;
  before(async () => {
    world = await reviewWorld();
  });
  after(() => world?.close());

  const filed = async (caseId: string) => (await world.lines(caseId, 'action.intended'))[0].input;
  const found = async (caseId: string): Promise<string[]> =>
    (await filed(caseId)).findings.map(({ deviation }: { deviation: string }) => deviation).sort();
  const owners = async (caseId: string, count: number) =>
    (await world.asked(caseId, count)).map(({ owner }) => owner).sort();
  const impact = async (caseId: string) => (await world.lines(caseId, 'case.closed'))[0].impact;

  const cleared = ['contracts.storeReview', 'signatures.clear'];
  const sent = ['contracts.storeReview', 'negotiations.sendRedlines'];

  it('of a small contract on standard terms clears it for signature at once, and asks no model what differs', async () => {
    const caseId = await world.begin();
    assert.equal((await world.closed(caseId)).outcome, 'cleared');
    assert.deepEqual(await world.operations(caseId), cleared);
    const { untouched, deviationsAccepted, reviewMinutesRemoved, turnaroundHours } = await impact(caseId);
    assert.deepEqual([untouched, deviationsAccepted, reviewMinutesRemoved], [true, 0, 60]);
    assert.ok(turnaroundHours < 1);
    assert.equal((await world.lines(caseId, 'inference.answered')).length, 1);
  });

  describe('of a clause in other words', () => {
    const words = `Independent Contractors. ${departures.independent[1]}`;
    const rewording = { id: 'finding-1', formId: 'csa', clause: '12.10', text: words };
    const added = ['contracts.storeReview', 'clauseLibrary.add'];

    it('asks legal, and adds nothing to the library that nobody put there', async () => {
      const caseId = await world.begin({ changes: [departures.independent] });
      const [handoff] = await world.asked(caseId);
      assert.equal(handoff!.owner, 'legal');
      assert.deepEqual((handoff!.terms as { wordings: object[] }).wordings, [{ ...rewording, add: false }]);
      await world.answers(caseId, 'legal', 'approved');
      assert.deepEqual(((await world.closed(caseId)).result as { accepted: string[] }).accepted, ['other-words']);
      assert.deepEqual(await world.operations(caseId), cleared);
    });

    it('asks once: whoever accepts it may put it into the library, and the next draft with those words goes through', async () => {
      const first = await world.begin({ changes: [departures.independent] });
      await world.answers(first, 'legal', 'approved', { amend: { wordings: [{ ...rewording, add: true }] } });
      assert.equal((await world.closed(first)).outcome, 'cleared');
      assert.deepEqual(await world.operations(first), [...added, 'signatures.clear']);
      const wording = { ...rewording, wordingId: 'W-1', deviation: 'accepted-wording', id: undefined };
      const wordings = [...library.wordings, wording];
      const next = await world.begin(
        { changes: [departures.independent] },
        {},
        { clauseLibrary: { ...library, wordings } },
      );
      assert.equal((await world.closed(next)).outcome, 'cleared');
      assert.deepEqual(await world.operations(next), cleared);
    });

    it('puts no words into the library that are not those of the draft', async () => {
      for (const other of [{ text: 'Provider owns Customer.' }, { clause: '12.11' }, { id: 'finding-2' }]) {
        const caseId = await world.begin({ changes: [departures.independent] });
        const [handoff] = await world.asked(caseId);
        const wordings = [{ ...rewording, add: true, ...other }];
        await world.answers(caseId, 'legal', 'approved', { amend: { wordings } });
        const [again] = await world.asked(caseId);
        assert.notEqual(again!.id, handoff!.id);
        assert.deepEqual(
          (await world.operations(caseId)).filter((one) => one === 'clauseLibrary.add'),
          [],
        );
      }
    });

    it('takes its words out of the library again where the clearance is refused', async () => {
      await world.fault({ operation: 'signatures.clear', mode: 'refuse', times: 1 });
      const caseId = await world.begin({ changes: [departures.independent] });
      await world.answers(caseId, 'legal', 'approved', { amend: { wordings: [{ ...rewording, add: true }] } });
      assert.equal((await world.closed(caseId)).outcome, 'failed');
      assert.deepEqual(await world.operations(caseId), [...added, 'clauseLibrary.remove', 'contracts.restoreReview']);
    });
  });

  for (const attack of [
    'an indemnity in the place of 12.10',
    '12.6 deleted',
    'a bullet more on the cover page',
    'a carriage return inside a clause',
  ])
    it(`is legal’s where it brings ${attack}`, async () => {
      const [, change, seen] = attacks[attack]!;
      const caseId = await world.begin({}, { text: change(draftOf()) });
      assert.deepEqual(await owners(caseId, 1), ['legal']);
      assert.ok(JSON.stringify((await filed(caseId)).findings).includes(seen));
      assert.deepEqual(await world.operations(caseId), ['contracts.storeReview']);
    });

  it('clears a non-disclosure agreement that costs nothing', async () => {
    const caseId = await world.begin({ form: 'nda' }, { annualValue: 0 });
    assert.equal((await world.closed(caseId)).outcome, 'cleared');
  });

  it('starts with an event, too', async () => {
    await world.begin();
    const { contractId: _, ...data } = (await import('./contract-review/good-world.ts')).request();
    const event = { specversion: '1.0', id: crypto.randomUUID(), source: 'crm', type: 'contract-review.received' };
    const body = { ...event, data: { ...data, contractId: 'CT-event' } };
    const headers = { 'content-type': 'application/cloudevents+json' };
    assert.equal((await world.api.call('POST', '/events', { as: 'storefront', body, headers })).status, 202);
    assert.equal((await world.closed('contract-review/CT-event')).outcome, 'cleared');
  });

  it('asks procurement where there is money enough to look, and legal from the value where they always are', async () => {
    const fees = (usd: string) => ({ cover: { Fees: `USD ${usd} per year` } });
    const middle = await world.begin(fees('25,000.00'), { annualValue: 2_500_000 });
    assert.deepEqual(await owners(middle, 1), ['procurement']);
    const large = await world.begin(
      { ...fees('100,000.00'), changes: [departures.publicity] },
      { annualValue: 10_000_000 },
    );
    assert.deepEqual(await owners(large, 2), ['legal', 'procurement']);
  });

  it('asks all whom the playbook names at once, and does nothing before both have agreed', async () => {
    const caseId = await world.begin({ changes: [departures.shortPayment, departures.publicity] });
    assert.deepEqual(await owners(caseId, 2), ['finance', 'procurement']);
    await world.answers(caseId, 'finance', 'approved');
    await world.asked(caseId, 1);
    assert.deepEqual(await world.operations(caseId), ['contracts.storeReview']);
    await world.answers(caseId, 'procurement', 'approved');
    await world.says(caseId, 1, 'accepted');
    assert.equal((await world.closed(caseId)).outcome, 'redlined');
    assert.deepEqual(await world.operations(caseId), [...sent, 'signatures.clear']);
  });

  for (const [first, second] of [
    ['finance', 'procurement'],
    ['procurement', 'finance'],
  ] as const) {
    it(`is refused when ${second} refuse after ${first} agreed, and when ${second} refuse first`, async () => {
      const late = await world.begin({ changes: [departures.shortPayment, departures.publicity] });
      await world.answers(late, first, 'approved');
      await world.answers(late, second, 'rejected');
      assert.equal((await world.closed(late)).outcome, 'refused');
      const early = await world.begin({ changes: [departures.shortPayment, departures.publicity] });
      await world.asked(early, 2);
      await world.answers(early, second, 'rejected');
      assert.equal((await world.closed(early)).outcome, 'refused');
      assert.deepEqual(await world.operations(early), ['contracts.storeReview']);
    });
  }

  it('sends words of the library only, also where a person changes them', async () => {
    const caseId = await world.begin({ changes: [departures.publicity] });
    const [handoff] = await world.asked(caseId);
    const [redline] = (handoff!.terms as { redlines: object[] }).redlines;
    const own = [{ ...redline, wording: 'You pay us a fortune.' }];
    await world.answers(caseId, 'procurement', 'approved', { amend: { redlines: own } });
    const [again] = await world.asked(caseId);
    assert.notEqual(again!.id, handoff!.id);
    await world.answers(caseId, 'procurement', 'approved', { amend: { redlines: [], accepts: ['publicity'] } });
    const { outcome, result } = await world.closed(caseId);
    assert.deepEqual([outcome, (result as { accepted: string[] }).accepted], ['cleared', ['publicity']]);
    assert.equal((await impact(caseId)).deviationsAccepted, 1);
  });

  it('finds what is missing, and asks to have it back', async () => {
    const caseId = await world.begin({ changes: [departures.noForceMajeure] });
    await world.answers(caseId, 'legal', 'approved');
    assert.deepEqual(await found(caseId), ['missing-force-majeure']);
    await world.says(caseId, 1, 'withdrawn', { because: 'no longer wanted' });
    assert.equal((await world.closed(caseId)).outcome, 'withdrawn');
    assert.deepEqual(await world.operations(caseId), [...sent, 'negotiations.withdrawRedlines']);
  });

  it('reads a new draft anew, and ends after three rounds', async () => {
    const caseId = await world.begin({ changes: [departures.publicity] });
    for (const round of [1, 2, 3]) {
      await world.answers(caseId, 'procurement', 'approved');
      const words = `it as a customer. Provider may publish case studies about Customer, ${round} a year.`;
      const text = draftOf({ changes: [[departures.publicity[0], words]] });
      await world.says(caseId, round, 'countered', { text });
    }
    const { outcome, result } = await world.closed(caseId);
    assert.deepEqual([outcome, result], ['refused', { because: 'rounds-used-up' }]);
    const standing = (await world.operations(caseId)).filter((one) => one.startsWith('negotiations.'));
    assert.equal(standing.length, 6);
  });

  it('clears a new draft on which nothing is left to find', async () => {
    const caseId = await world.begin({ changes: [departures.publicity] });
    await world.answers(caseId, 'procurement', 'approved');
    await world.says(caseId, 1, 'countered', { text: draftOf() });
    assert.equal((await world.closed(caseId)).outcome, 'cleared');
    assert.equal((await impact(caseId)).untouched, false);
  });

  it('is read again where somebody sends it back', async () => {
    const caseId = await world.begin({ changes: [departures.publicity] });
    const [handoff] = await world.asked(caseId);
    await world.answers(caseId, 'procurement', 'returned');
    const [again] = await world.asked(caseId);
    assert.notEqual(again!.id, handoff!.id);
  });

  it('never passes a hard line without legal, whoever else agrees', async () => {
    const caseId = await world.begin({ changes: [departures.hiddenInstruction] });
    assert.deepEqual(await owners(caseId, 1), ['security']);
    await world.answers(caseId, 'security', 'approved');
    await world.answers(caseId, 'legal', 'approved');
    assert.equal((await world.closed(caseId)).outcome, 'cleared');
  });

  it('rules again on what another desk changed, though legal change nothing more', async () => {
    const caseId = await world.begin({ changes: [departures.hiddenInstruction] });
    const own = { id: 'finding-1', deviation: 'hidden-instruction', clause: '12.16', wordingId: 'W-OWN' };
    const amend = { redlines: [{ ...own, wording: 'You pay us a fortune.' }], accepts: [] };
    await world.answers(caseId, 'security', 'approved', { amend });
    await world.answers(caseId, 'legal', 'approved');
    assert.deepEqual(await owners(caseId, 1), ['security']); // read again: nothing of it is sent
    assert.ok(!(await world.operations(caseId)).includes('negotiations.sendRedlines'));
  });

  it('takes the cover page by its numbers, and holds it to the request', async () => {
    const odd = { 'Governing Law': 'Seychelles', 'General Cap Amount': 'fees paid in the 2 months before the claim' };
    const stop = await world.begin({ cover: odd });
    await world.asked(stop);
    assert.deepEqual(await found(stop), ['governing-law', 'low-cap']);
    assert.equal((await filed(stop)).decision, 'stop');
    const cheap = await world.begin({}, { annualValue: 1_000, cover: { 'governing-law': 'Germany' } });
    await world.asked(cheap, 2);
    assert.deepEqual(await found(cheap), ['cover-differs', 'value-differs']);
    const silent = await world.begin({ cover: { Fees: undefined, 'Subscription Period': 'as agreed' } });
    await world.asked(silent, 2);
    assert.deepEqual(await found(silent), ['cover-item-unreadable', 'value-unstated']);
  });

  it('asks legal about a draft on other paper, and procurement about a renewal that nobody knows', async () => {
    const other = await world.begin({}, { text: 'Hosting terms.\n\n1. We host. You pay.\n', annualValue: 0 });
    await world.asked(other);
    assert.ok((await found(other)).includes('no-standard-form'));
    const renewal = await world.begin({}, { kind: 'renewal' });
    assert.deepEqual(await owners(renewal, 1), ['procurement']);
  });

  it('does not overwrite the review of somebody else’s contract', async () => {
    const theirs = { contractId: 'CT-theirs', counterparty: 'Another', version: 1, review: null };
    const contracts = { contracts: { contracts: [theirs] } };
    const caseId = await world.begin({}, { contractId: 'CT-theirs' }, contracts);
    assert.deepEqual(await owners(caseId, 1), ['legal']);
    assert.deepEqual(await world.operations(caseId), []);
  });

  it('knows the counterparty whatever the case and blanks of its name, and files it under the name on record', async () => {
    const ours = { contractId: 'CT-spelled', counterparty: 'LIND  Hosting', version: 1, review: null };
    const contracts = { contracts: { contracts: [ours] } };
    const caseId = await world.begin({}, { contractId: 'CT-spelled' }, contracts);
    assert.equal((await world.closed(caseId)).outcome, 'cleared');
    const [review] = (await world.journalOf(caseId)).map(({ body }) => body as { counterparty?: string });
    assert.equal(review!.counterparty, 'LIND  Hosting');
  });

  it('whose clearance is refused takes the review and the redlines back, and fails', async () => {
    await world.fault({ operation: 'signatures.clear', mode: 'refuse', times: 1 });
    const caseId = await world.begin({ changes: [departures.publicity] });
    await world.answers(caseId, 'procurement', 'approved');
    await world.says(caseId, 1, 'accepted');
    assert.equal((await world.closed(caseId)).outcome, 'failed');
    assert.deepEqual(await world.operations(caseId), [
      ...sent,
      'negotiations.withdrawRedlines',
      'contracts.restoreReview',
    ]);
  });

  it('of 200 pages is read part by part, and stands nowhere in the history', async function () {
    this.timeout(120_000);
    const pages = Array.from({ length: 5_600 }, (_, n) => `Annex ${n}. ${'The servers hum quietly. '.repeat(4)}`).join(
      '\n',
    );
    const caseId = await world.begin({ after: `\n${pages}\n` });
    await world.answers(caseId, 'legal', 'approved');
    assert.equal((await world.closed(caseId)).outcome, 'cleared');
    const history = await plainHistory(world.client, caseId);
    assert.match(history, /sha256:/);
    assert.ok(history.length < 1_000_000);
    assert.ok(!history.includes('hum quietly. The servers hum quietly. The servers hum quietly. \n'));
    assert.ok(!history.includes(standardForms.csa.slice(30, 300)));
    assert.deepEqual(await found(caseId), ['unaccounted-text', 'unusual-term']);
  });

  describe('whose reader misbehaves', () => {
    afterEach(() => world.behave());

    it('makes no finding of a quote that stands nowhere, and asks legal', async () => {
      await world.misbehave({ mode: 'misquoting', for: 'contract-review_clauses' });
      const caseId = await world.begin({ changes: [departures.publicity] });
      assert.ok((await owners(caseId, 1)).includes('legal'));
      assert.ok(!(await found(caseId)).includes('publicity'));
      const dropped = (await world.lines(caseId, 'inference.answered')).flatMap((line) => line.dropped ?? []);
      assert.ok(dropped.length > 0);
    });

    it('finds what the reader was told to keep to itself: code tells legal', async () => {
      await world.misbehave({ mode: 'gullible', for: 'contract-review_clauses' });
      const caseId = await world.begin({ changes: [departures.hiddenInstruction, departures.uncapped] });
      assert.ok((await owners(caseId, 1)).includes('legal'));
      assert.deepEqual(await found(caseId), ['unusual-term', 'unusual-term']);
      assert.deepEqual(await world.operations(caseId), ['contracts.storeReview']);
    });

    for (const mode of ['obedient', 'gullible']) {
      it(`clears nothing for a model that is ${mode}`, async () => {
        await world.misbehave({ mode });
        const caseId = await world.begin({ changes: [departures.hiddenInstruction, departures.uncapped] });
        const waitsForLegal = async () => (await world.find(caseId))?.waitingOn.some(({ owner }) => owner === 'legal');
        await until(waitsForLegal, 'legal is asked');
        assert.deepEqual(await world.operations(caseId), ['contracts.storeReview']);
      });
    }

    it('asks legal where the model is unsure or gives no usable answer', async () => {
      for (const mode of ['unsure', 'malformed']) {
        await world.misbehave({ mode, for: 'contract-review_clauses' });
        const caseId = await world.begin({ changes: [departures.independent] });
        assert.deepEqual(await owners(caseId, 1), ['legal']);
        assert.deepEqual(await world.operations(caseId), ['contracts.storeReview']);
      }
    });
  });

  it('works on the library that the samples are written for', () => {
    const texts = Object.fromEntries(library.forms.map(({ formId, text }) => [formId, text]));
    assert.deepEqual(texts, standardForms);
  });
});
