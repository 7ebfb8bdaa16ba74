import { z } from 'zod';
import { isSame, plainName } from '../../rules/canonical.ts';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, operation, Refusal, type SystemOfRecord } from './declare.ts';

const ReviewInput = z.object({
  contractId: Reference,
  counterparty: Reference,
  round: z.int().min(1),
  draft: Reference,
  form: Reference,
  decision: text(40),
  findings: z.array(z.record(z.string(), z.unknown())),
});
/** A contract holds its newest review; `version` counts them. */
const ContractBody = z.object({
  contractId: Reference,
  counterparty: Reference,
  version: z.int().min(0),
  review: ReviewInput.nullable(),
});
const Contract = kind('contracts.contracts', 'contractId', ContractBody);

export const contracts: SystemOfRecord = {
  name: 'contracts',
  kinds: [Contract],
  reads: {
    find: operation(z.strictObject({ contractId: z.string() }), async ({ contractId }, records) => {
      const contract = await records.get(Contract, contractId);
      return contract ? { counterparty: contract.counterparty, version: contract.version } : null;
    }),
  },
  writes: {
    storeReview: operation(ReviewInput, async (review, records) => {
      const { contractId, counterparty } = review;
      const earlier = (await records.get(Contract, contractId)) ?? null;
      if (earlier && !isSame(plainName, earlier.counterparty, counterparty))
        throw new Refusal('counterparty-differs', `${contractId} is a contract with somebody else.`);
      const version = (earlier?.version ?? 0) + 1;
      records.put(Contract, { contractId, counterparty, version, review });
      return { version, earlier };
    }),
    restoreReview: operation(
      z.object({ result: z.object({ version: z.int(), earlier: ContractBody.nullable() }), input: ReviewInput }),
      async ({ input: { contractId }, result: { version, earlier } }, records) => {
        const contract = await records.get(Contract, contractId);
        if (contract?.version !== version)
          throw new Refusal('review-changed', `${contractId} was reviewed again since.`);
        if (earlier) records.put(Contract, earlier);
        else records.remove(Contract, contract);
        return { version: earlier?.version ?? 0 };
      },
    ),
  },
};
