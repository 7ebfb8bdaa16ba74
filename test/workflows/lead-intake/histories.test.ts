import { until } from '../../world.ts';
import { saveHistory } from '../save-history.ts';
import { mailbox } from './good-world.ts';
import { hastyDefinitions, type LeadWorld, leadWorld } from './world.ts';

/** Records the paths of a lead for test/workflows/replay.test.ts, which replays them; only for a process without open cases. */
if (process.env['RECORD_HISTORIES']) {
  describe('the histories of leads', () => {
    let world: LeadWorld;
    before(async () => {
      world = await leadWorld(hastyDefinitions);
    });
    after(() => world?.close());

    type Begun = Parameters<LeadWorld['begin']>;
    const touched = (by: string) => async (caseId: string) => {
      await world.waits(caseId);
      await world.touches(caseId, by);
    };
    const lets = (owner: string) => async (caseId: string) => {
      await world.isGivenTo(caseId, owner);
      const reminded = async () => (await world.written(caseId, 'leads.remindOwner')).at(-1)?.['owner'] === owner;
      await until(reminded, `${owner} is reminded`);
      await world.passesTheTime(caseId);
    };
    const screened = (verdict: 'approved' | 'rejected') => (caseId: string) =>
      world.answers(caseId, 'sanctions-compliance', verdict);

    const paths: Record<string, [begun: Begun, ...then: ((caseId: string) => Promise<unknown>)[]]> = {
      touched: [[], touched('l.brandt')],
      merged: [[{}, { contact: {} }], touched('h.ahmed')],
      lapsed: [[], lets('l.brandt'), lets('m.keller'), lets('sales-queue')],
      cleared: [[{ country: 'Cuba' }], screened('approved'), touched('salma')],
      'not-cleared': [[{ country: 'Cuba' }], screened('rejected')],
      suppressed: [[{}, { optOut: mailbox }]],
      nurtured: [[{ email: 'looks@gmail.com', company: null }]],
      cancelled: [
        [],
        async (caseId) => {
          await world.waits(caseId);
          await world.cancel(caseId);
        },
      ],
    };

    for (const [name, [begun, ...then]] of Object.entries(paths)) {
      it(name, async () => {
        const workflowId = await world.begin(...begun);
        for (const step of then) await step(workflowId);
        await world.closed(workflowId);
        await saveHistory(world.client, `lead-intake-${name}`, workflowId);
      });
    }
  });
}
