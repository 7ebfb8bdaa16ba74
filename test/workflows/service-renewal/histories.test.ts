import { saveHistory } from '../save-history.ts';
import { quote } from './good-world.ts';
import { type RenewalWorld, renewalWorld } from './world.ts';

/** Records the paths of a renewal for test/workflows/replay.test.ts, which replays them; only for a process without open cases. */
if (process.env['RECORD_HISTORIES']) {
  describe('the histories of renewals', () => {
    let world: RenewalWorld;
    before(async () => {
      world = await renewalWorld();
    });
    after(() => world?.close());

    type Begun = Parameters<RenewalWorld['begin']>;
    const offer =
      (answer: string, offerNumber = 1, more: object = {}) =>
      async (caseId: string) => {
        await world.waitsFor(caseId, 'answer');
        await world.says(caseId, 'answer', { offerNumber, answer, ...more });
      };
    const asks = (owner: string, verdict: 'approved' | 'rejected') => (caseId: string) =>
      world.answers(caseId, owner, verdict);
    const withTerms = { quote: quote({ termsRequested: 'net 90', requestedDiscountPercent: 15 }) };

    const paths: Record<string, [begun: Begun, ...then: ((caseId: string) => Promise<unknown>)[]]> = {
      'straight-through': [[], offer('accepted')],
      declined: [[], offer('declined')],
      'two-desks': [[{}, withTerms], asks('legal', 'approved'), asks('deal-desk', 'approved'), offer('accepted')],
      'wish-refused': [[{}, withTerms], asks('legal', 'rejected'), asks('deal-desk', 'approved'), offer('accepted')],
      countered: [
        [],
        offer('counter', 1, { discountPercent: 5 }),
        asks('account-managers', 'approved'),
        asks('account-managers', 'approved'),
        offer('accepted', 2),
      ],
      held: [[{ tickets: { openSeverity1: 1 } }], asks('support-leads', 'approved'), asks('support-leads', 'rejected')],
      'terms-kept': [[{}, {}, '2027-05-02T09:00:00Z'], asks('account-managers', 'approved')],
      'too-early': [
        [{ subscription: { cancelRequestedOn: null } }, {}, '2027-01-30T09:00:00Z'],
        async (caseId) => {
          await world.waitsFor(caseId, 'notice');
          const [subscription] = (await world.records()).subscriptions.subscriptions;
          const noticed = { ...subscription!, cancelRequestedOn: '2027-01-30' };
          await world.change({ subscriptions: { subscriptions: [noticed] } });
          await world.says(caseId, 'notice', { givenOn: '2027-01-30' });
        },
        asks('retention', 'rejected'),
      ],
      reminded: [
        [{}, {}, '2027-03-31T23:59:58Z'],
        () => new Promise((resolve) => setTimeout(resolve, 3_500)),
        offer('accepted'),
      ],
      lapsed: [[{}, {}, '2027-05-01T23:59:57.500Z']],
      confirmed: [
        [],
        async (caseId) => {
          await world.waitsFor(caseId, 'answer');
          const [price] = (await world.records()).priceBook.prices;
          await world.change({ priceBook: { prices: [{ ...price!, annualPrice: 610_000 }] } });
        },
        offer('accepted'),
        asks('renewal-desk', 'approved'),
      ],
      withdrawn: [[{ subscription: { termEnd: '2028-05-31' } }]],
    };

    for (const [name, [begun, ...then]] of Object.entries(paths)) {
      it(name, async () => {
        const workflowId = await world.begin(...begun);
        for (const step of then) await step(workflowId);
        await saveHistory(world.client, `service-renewal-${name}`, workflowId);
      });
    }
  });
}
