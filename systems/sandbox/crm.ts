import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { emailAddress, isSame, plainName } from '../../rules/canonical.ts';
import { Cents, Reference, text } from '../../core/declare/values.ts';
import { Address } from './address.ts';
import { existing, kind, newId, operation, Refusal, type SystemOfRecord } from './declare.ts';

const CustomerBody = z.object({
  customerId: Reference,
  firstName: text(200),
  lastName: text(200),
  email: text(320),
  postalCode: text(40),
  address: Address.optional(),
  tier: z.enum(['standard', 'silver', 'gold']).optional(),
  paymentMethods: z.array(
    z.object({
      paymentMethodId: Reference,
      kind: z.enum(['credit_card', 'paypal', 'gift_card']),
      balance: Cents.optional(),
    }),
  ),
});
type CustomerBody = z.infer<typeof CustomerBody>;

const byEmail = (email: string) => `email:${emailAddress(email)}`;
const byName = (first: string, last: string, postalCode: string) =>
  `name:${JSON.stringify([plainName(first), plainName(last), postalCode])}`;

export const Customer = kind('crm.customers', 'customerId', CustomerBody, (customer) => [
  byEmail(customer.email),
  byName(customer.firstName, customer.lastName, customer.postalCode),
]);

const MoveInput = z.object({ customerId: Reference, address: Address });
/** What a customer's address was before it was changed. */
const Move = kind(
  'crm.moves',
  'moveId',
  MoveInput.extend({ moveId: Reference, before: CustomerBody.pick({ address: true, postalCode: true }) }),
);

// An unknown claim is refused: dropping one that was misspelt would identify somebody by less than was claimed.
const Claims = z.strictObject({
  email: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  postalCode: z.string().optional(),
});
type Claims = z.infer<typeof Claims>;

const asSpelled = (text: string) => text;
const formOf = { email: emailAddress, firstName: plainName, lastName: plainName, postalCode: asSpelled };

/** A blank claim agrees with nobody. */
function agrees(customer: CustomerBody, claims: Claims): boolean {
  return (Object.keys(formOf) as (keyof typeof formOf)[]).every((field) => {
    const claim = claims[field];
    if (claim === undefined) return true;
    if (claim.trim() === '') return false;
    return isSame(formOf[field], claim, customer[field]);
  });
}

export const crm: SystemOfRecord = {
  name: 'crm',
  kinds: [Customer, Move],
  reads: {
    identify: operation(Claims, async (claims, records) => {
      const { email, firstName, lastName, postalCode } = claims;
      let term: string;
      if (email !== undefined) term = byEmail(email);
      else if (firstName !== undefined && lastName !== undefined && postalCode !== undefined)
        term = byName(firstName, lastName, postalCode);
      else return null;
      const found = (await records.having(Customer, term)).filter((customer) => agrees(customer, claims));
      const [customer] = found;
      if (customer === undefined || found.length > 1) return null;
      return { customerId: customer.customerId, paymentMethods: customer.paymentMethods };
    }),
    customer: operation(z.strictObject({ customerId: z.string() }), async ({ customerId }, records) => {
      const customer = await records.get(Customer, customerId);
      if (!customer) return null;
      const { email, tier = 'standard', paymentMethods } = customer;
      return { customerId, email, tier, paymentMethods };
    }),
  },
  writes: {
    changeAddress: operation(MoveInput, async (input, records) => {
      const customer = await existing(records, Customer, input.customerId, 'customer');
      const { address, postalCode } = customer;
      const moveId = newId('MOV');
      records.put(Customer, { ...customer, address: input.address, postalCode: input.address.postalCode });
      records.put(Move, { ...input, moveId, before: { address, postalCode } });
      return { moveId };
    }),
    restoreAddress: operation(z.object({ result: z.object({ moveId: Reference }) }), async ({ result }, records) => {
      const move = await existing(records, Move, result.moveId, 'move');
      const customer = await existing(records, Customer, move.customerId, 'customer');
      if (!isDeepStrictEqual(customer.address, move.address))
        throw new Refusal('moved-on', `The address of ${customer.customerId} was changed again since.`);
      const { address, postalCode } = move.before;
      records.put(Customer, { ...customer, address, postalCode });
      records.remove(Move, move);
      return { moveId: move.moveId };
    }),
  },
};
