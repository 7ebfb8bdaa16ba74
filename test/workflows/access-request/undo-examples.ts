import type { UndoExamples } from '../undo-example.ts';
import { employeeId, records, roleId } from './good-world.ts';

const membership = { employeeId, roleId };
const grant = { requestId: 'AR-1', ...membership, until: '2027-06-01' };
const entered = { ...records(), accessRegister: { exceptions: [], grants: [grant] } };

export const undoExamples: UndoExamples = {
  grantRole: { records: records(), input: membership },
  removeRole: { records: records({ holds: [roleId] }), input: membership },
  enterGrant: { records: records(), input: grant },
  extendGrant: { records: entered, input: { ...grant, until: '2027-07-01' } },
};
