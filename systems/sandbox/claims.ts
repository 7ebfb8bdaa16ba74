import { z } from 'zod';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';
import { kind, operation, Refusal, type SystemOfRecord } from './declare.ts';

const ClaimBody = z.object({
  claimId: Reference,
  policyNumber: Reference,
  cause: text(200),
  dateOfLoss: z.iso.date(),
  amount: Cents,
  status: text(100),
  paid: Cents,
});
const Claim = kind('claims.claims', 'claimId', ClaimBody, ({ policyNumber }) => [`policy:${policyNumber}`]);

const ReserveInput = z.object({ claimId: Reference, reserve: Cents, currency: Currency });
const Reserve = kind('claims.reserves', 'claimId', ReserveInput);

export const claims: SystemOfRecord = {
  name: 'claims',
  kinds: [Claim, Reserve],
  reads: {
    ofPolicy: operation(z.strictObject({ policyNumber: z.string() }), ({ policyNumber }, records) =>
      records.having(Claim, `policy:${policyNumber}`),
    ),
  },
  writes: {
    setReserve: operation(ReserveInput, async (input, records) => {
      const before = await records.get(Reserve, input.claimId);
      records.put(Reserve, input);
      return { before: before?.reserve ?? null };
    }),
    restoreReserve: operation(
      z.object({ input: ReserveInput, result: z.object({ before: Cents.nullable() }) }),
      async ({ input, result: { before } }, records) => {
        const reserve = await records.get(Reserve, input.claimId);
        if (!reserve) throw new Refusal('reserve-unknown', `Claim ${input.claimId} has no reserve.`);
        if (reserve.reserve !== input.reserve)
          throw new Refusal('reserve-changed', `The reserve of ${input.claimId} was changed since.`);
        if (before === null) records.remove(Reserve, reserve);
        else records.put(Reserve, { ...reserve, reserve: before });
        return { reserve: before };
      },
    ),
  },
};
