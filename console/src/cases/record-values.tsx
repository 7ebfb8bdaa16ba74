import { Box } from '@mantine/core';
import type { FieldsOf } from '../shared/schema.ts';
import { Fields } from '../shared/value.tsx';
import { ValueScope } from '../shared/value-scope.tsx';
import { useRecordNames } from './record-names.ts';

/** Of which case something is: whose words its fields have, and where its long texts are. */
export interface CaseScope {
  process: string;
  caseId: string;
  /** Of the amounts in it. */
  currency?: string | undefined;
}

/** Fields that stand on a case's record. */
export function RecordValues({ of, scope: { process, caseId, currency } }: { of: FieldsOf; scope: CaseScope }) {
  const names = useRecordNames(process);
  return (
    <ValueScope process={process} caseId={caseId} of={{ currency }} names={names}>
      <Box fz="sm">
        <Fields of={of} />
      </Box>
    </ValueScope>
  );
}
