import assert from 'node:assert/strict';
import type { Effect } from '../world.ts';
import type { MakeAttack } from './attack.ts';
import { attacks } from './attacks/index.ts';
import { Random } from './random.ts';

type Forged = [operation: string, body: object];

/** Writes that no records bear out, whatever the case. */
const forged: Record<string, Forged[]> = {
  refund: [
    ['payments.refund', { orderId: 'O-4-n', paymentMethodId: 'card-eve-n', amount: 1 }],
    ['payments.refund', { orderId: 'O-0-n', paymentMethodId: 'card-ida-n', amount: 1 }],
    ['payments.refund', { orderId: 'O-0-n', paymentMethodId: 'card-eve-n', amount: 100_000_000 }],
    ['credits.issue', {}],
  ],
  'order-exception': [
    ['orders.releaseHold', { orderId: 'O-0-n' }],
    ['payments.move', { orderId: 'O-0-n', to: 'card-ida-n' }],
    ['credits.issue', { orderId: 'O-0-n', amount: 5_001 }],
    ['orders.exchangeItems', { orderId: 'O-0-n', itemIds: ['lamp-red-n'], newItemIds: ['rug-red-n'] }],
  ],
  'insurance-claim': [
    ['disbursements.pay', { amount: 100_000_000_000, payee: 'Ida Holm n' }],
    ['disbursements.pay', { amount: 1, payee: 'Eve' }],
    ['claims.close', {}],
  ],
  'payable-exception': [
    ['payables.post', { vendorId: 'V-n', gross: 1, payTo: 'DE02120300000000202051' }],
    ['payables.post', { vendorId: 'V-other', gross: 1, payTo: 'DE75512108001245126199' }],
    ['payables.release', {}],
  ],
  'service-renewal': [
    ['offers.send', { annualPrice: 1, discountPercent: 0, conditions: null, letter: 'Your term ends soon.' }],
    ['offers.send', { annualPrice: 618_000, discountPercent: 50, conditions: null, letter: 'Your term ends soon.' }],
    ['bookings.bookRenewal', { annualPrice: 618_000, conditions: null }],
  ],
  'access-request': [
    ['directory.addMember', { employeeId: 'en', roleId: 'admin-n' }],
    ['directory.addMember', { employeeId: 'somebody', roleId: 'reader-n' }],
    ['accessRegister.propose', { roleIds: ['root'] }],
  ],
  'lead-intake': [
    ['leads.assign', { owner: 'eve' }],
    ['leads.create', { score: 101 }],
    ['leads.remove', {}],
  ],
  'contract-review': [
    ['negotiations.sendRedlines', {}],
    ['clauseLibrary.add', {}],
  ],
};

describe('what the records bear out of an attack', () => {
  const make = (makes: MakeAttack, seed: number) => makes(new Random(seed), 'n');

  for (const makes of attacks) {
    const { process } = make(makes, 1);
    it(`of ${process} is never what was forged, and nothing is wrong with nothing`, () => {
      for (let seed = 0; seed < 50; seed += 1) {
        const attack = make(makes, seed);
        assert.deepEqual(attack.unfounded([]), []);
        for (const [operation, body] of forged[process]!) {
          const effects = [{ seq: 1, key: '', operation, body, result: {} }] as Effect[];
          assert.notDeepEqual(attack.unfounded(effects), [], `${operation} ${JSON.stringify(attack.request)}`);
        }
      }
    });
  }
});
