import { until } from '../../world.ts';
import { saveHistory } from '../save-history.ts';
import { roleId } from './good-world.ts';
import { type AccessWorld, accessWorld } from './world.ts';

/** Records the paths of a request for test/workflows/replay.test.ts, which replays them; only for a process without open cases. */
if (process.env['RECORD_HISTORIES']) {
  describe('the histories of access requests', () => {
    let world: AccessWorld;
    before(async () => {
      world = await accessWorld();
    });
    after(() => world?.close());

    type Step = (caseId: string) => Promise<unknown>;
    const usual = { role: { jobCodes: ['A20'] } };
    const asks =
      (owner: string, verdict: 'approved' | 'rejected' = 'approved'): Step =>
      (caseId) =>
        world.answers(caseId, owner, verdict);
    const comes =
      (name: string, more: object = {}): Step =>
      async (caseId) => {
        await world.waitsFor(caseId, name);
        await world.comes(caseId, name, more);
      };

    const paths: Record<string, [begun: Parameters<AccessWorld['begin']>, ...then: Step[]]> = {
      'straight-through': [[usual], comes('left')],
      'two-people': [[], asks('agnes'), asks('greta'), comes('left')],
      refused: [[], asks('agnes', 'rejected')],
      denied: [[{ holds: ['payroll-clerk'] }, { roleId: 'payroll-auditor' }]],
      removed: [[{ holds: [roleId] }, { action: 'revoke' }]],
      'in-words': [
        [{}, { roleId: null, words: 'read the monthly reports' }],
        comes('roleChosen', { roleId }),
        asks('agnes'),
        asks('greta'),
        comes('left'),
      ],
      extended: [
        [{}, { days: 30 }],
        ...[asks('agnes'), asks('greta')],
        comes('extension', { endsOn: '2027-06-01', reason: 'The closing takes longer.' }),
        ...[asks('agnes'), asks('greta')],
        (caseId) => until(async () => (await world.operations(caseId)).includes('accessRegister.extend'), 'extended'),
        comes('left'),
      ],
      'register-refused': [[usual]],
      'cancelled-while-extended': [
        [{}, { days: 30 }],
        ...[asks('agnes'), asks('greta')],
        comes('extension', { endsOn: '2027-06-01', reason: 'The closing takes longer.' }),
        asks('agnes'),
        async (caseId) => {
          await world.asked(caseId, 'greta');
          await world.cancel(caseId);
        },
      ],
    };

    for (const [name, [begun, ...then]] of Object.entries(paths)) {
      it(name, async () => {
        if (name === 'register-refused')
          await world.fault({ operation: 'accessRegister.enter', mode: 'refuse', times: 1 });
        const workflowId = await world.begin(...begun);
        for (const step of then) await step(workflowId);
        await saveHistory(world.client, `access-request-${name}`, workflowId);
      });
    }
  });
}
