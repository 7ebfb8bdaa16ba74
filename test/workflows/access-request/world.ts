import type { WorldOptions } from '../../world.ts';
import { processWorld } from '../process-world.ts';
import { asOf, type Changes, records, request } from './good-world.ts';

export type AccessWorld = Awaited<ReturnType<typeof accessWorld>>;

/** Worlds of one run share a Temporal server: no two of their cases bear the same name. */
let cases = 0;

/** A whole Baton; every case is about a person of its own. */
export async function accessWorld(options: WorldOptions = {}) {
  const whole = await processWorld('access-request', options);
  const employeeOf = (caseId: string) => caseId.replace('access-request/AR', 'E');
  const held = async () => (await whole.held()) as unknown as ReturnType<typeof records>;

  return {
    ...whole,
    employeeOf,
    asked: whole.asksOf,

    /** Seeds what is changed of the good world and starts a case on it; answers its id. */
    async begin(changes: Changes = {}, asked: Record<string, unknown> = {}): Promise<string> {
      const n = (cases += 1);
      await whole.seed(records(changes, `E-${n}`));
      const requestId = `AR-${n}`;
      const body = { ...request({ requestId, beneficiary: `E-${n}`, requestedBy: `E-${n}`, ...asked }), asOf };
      return whole.starts(body, requestId);
    },
    /** The same, by an event. */
    async beginByEvent(requestId: string, data: object): Promise<string> {
      return (await whole.sends('requested', request({ requestId, ...data }))).caseId as string;
    },
    /** What happens elsewhere comes in as an event. */
    async comes(caseId: string, name: string, more: object = {}) {
      await whole.sends(name, { requestId: caseId.split('/')[1], employeeId: employeeOf(caseId), ...more });
    },

    /** Who is in the group of a role now. */
    members: async (role: string): Promise<string[]> =>
      (await held()).directory.groups.find(({ displayName }) => displayName === role)?.members ?? [],
    /** What the register says is granted now. */
    register: async (): Promise<object[]> => (await held()).accessRegister?.grants ?? [],
  };
}
