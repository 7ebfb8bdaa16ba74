import { z } from 'zod';
import { directoryName } from '../../rules/canonical.ts';
import { Day, Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, type SystemOfRecord } from './declare.ts';

const ExceptionBody = z.object({
  exceptionId: Reference,
  employeeId: Reference,
  roles: z.tuple([Reference, Reference]),
  reason: text(2_000),
  approvedBy: Reference,
  validUntil: Day,
});
const of = (employeeId: string) => `of:${directoryName(employeeId)}`;

export const DutyException = kind('accessRegister.exceptions', 'exceptionId', ExceptionBody, ({ employeeId }) => [
  of(employeeId),
]);

const GrantInput = z.object({
  requestId: Reference,
  employeeId: Reference,
  roleId: Reference,
  /** None where it has no end. */
  until: Day.nullable(),
});
type GrantInput = z.output<typeof GrantInput>;
export const Grant = kind('accessRegister.grants', 'requestId', GrantInput);

const ProposalInput = z.object({ requestId: Reference, roleIds: z.array(Reference) });
const Proposal = kind('accessRegister.proposals', 'proposalId', ProposalInput.extend({ proposalId: Reference }));

export const accessRegister: SystemOfRecord = {
  name: 'accessRegister',
  kinds: [DutyException, Grant, Proposal],
  reads: {
    exceptionsOf: operation(z.strictObject({ employeeId: z.string() }), ({ employeeId }, records) =>
      records.having(DutyException, of(employeeId)),
    ),
  },
  writes: {
    /** Shows whoever asked which roles would do. */
    propose: operation(ProposalInput, async (input, records) => {
      const proposalId = newId('PRO');
      records.put(Proposal, { ...input, proposalId });
      return { proposalId };
    }),
    enter: operation(GrantInput, async (input, records) => {
      records.put(Grant, input);
      return { entryId: input.requestId };
    }),
    strike: operation(z.object({ input: GrantInput, result: z.unknown() }), async ({ input }, records) => {
      records.remove(Grant, await existing(records, Grant, input.requestId, 'grant'));
      return { entryId: input.requestId };
    }),
    extend: operation(GrantInput, async (input, records) => {
      const { until: earlierUntil } = await existing(records, Grant, input.requestId, 'grant');
      records.put(Grant, input);
      return { earlierUntil };
    }),
    restoreEnd: operation(
      z.object({ input: GrantInput, result: z.object({ earlierUntil: Day.nullable() }) }),
      async ({ input, result }, records) => {
        const grant = await existing(records, Grant, input.requestId, 'grant');
        records.put(Grant, { ...grant, until: result.earlierUntil });
        return { until: result.earlierUntil };
      },
    ),
  },
};
