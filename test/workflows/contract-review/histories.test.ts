import { saveHistory } from '../save-history.ts';
import { departures, draftOf } from './good-world.ts';
import { type ReviewWorld, reviewWorld } from './world.ts';

/** Records the paths of a review for test/workflows/replay.test.ts, which replays them; only for a process without open cases. */
if (process.env['RECORD_HISTORIES']) {
  describe('the histories of contract reviews', () => {
    let world: ReviewWorld;
    before(async () => {
      world = await reviewWorld();
    });
    after(() => world?.close());

    type Step = (caseId: string) => Promise<unknown>;
    const asks =
      (owner: string, verdict: 'approved' | 'rejected' | 'returned' = 'approved'): Step =>
      (caseId) =>
        world.answers(caseId, owner, verdict);
    const says =
      (round: number, answer: string, more: object = {}): Step =>
      (caseId) =>
        world.says(caseId, round, answer, more);

    const two = { changes: [departures.shortPayment, departures.publicity] };
    const one = { changes: [departures.publicity] };
    const reworded = {
      ...{ id: 'finding-1', formId: 'csa', clause: '12.10', add: true },
      text: `Independent Contractors. ${departures.independent[1]}`,
    };
    const paths: Record<string, [draft: Parameters<ReviewWorld['begin']>[0], ...then: Step[]]> = {
      'straight-through': [{}],
      redlined: [two, asks('finance'), asks('procurement'), says(1, 'accepted')],
      refused: [two, asks('procurement', 'rejected')],
      countered: [one, asks('procurement'), says(1, 'countered', { text: draftOf() })],
      withdrawn: [one, asks('procurement'), says(1, 'withdrawn')],
      'read-again': [one, asks('procurement', 'returned'), asks('procurement'), says(1, 'accepted')],
      'other-words': [
        { changes: [departures.independent] },
        (caseId) => world.answers(caseId, 'legal', 'approved', { amend: { wordings: [reworded] } }),
      ],
      'hard-line': [{ changes: [departures.hiddenInstruction] }, asks('security'), asks('legal')],
    };

    for (const [name, [draft, ...then]] of Object.entries(paths)) {
      it(name, async () => {
        const caseId = await world.begin(draft);
        for (const step of then) await step(caseId);
        await world.closed(caseId);
        await saveHistory(world.client, `contract-review-${name}`, caseId);
      });
    }
  });
}
