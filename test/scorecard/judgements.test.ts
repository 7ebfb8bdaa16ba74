import assert from 'node:assert/strict';
import { approves, caseId, caseWith, decided, opened, review, type Said } from './said.ts';

describe('what a model answered', () => {
  const answered: Said = [
    ...([
      5,
      'inference.answered',
      'model:x',
      { confidence: 0.9, confident: true, latencyMs: 0 },
      `${caseId}/draft-1`,
    ] as const),
  ];
  const agreed = (...said: Said[]) =>
    caseWith([answered, ...said]).steps.find(({ kind }) => kind === 'inference')!.agreed;
  const task = `${caseId}/sample/sampled-review`;
  const afterwards = (found: string): Said[] => [
    [110, 'handoff.opened', 'baton', { task: 'sampled-review', owner: 'leads' }, task],
    [120, 'handoff.completed', 'leo', { found, role: 'leads' }, task],
  ];

  it('is judged by nobody where nobody looked', () => {
    assert.equal(agreed(), null);
    assert.equal(agreed(afterwards('right')[0]!), null);
  });

  it('is judged by a sampled review, which leaves the numbers of its case as they were', () => {
    assert.equal(agreed(...afterwards('right')), true);
    assert.equal(agreed(...afterwards('wrong')), false);
    const [plain, reviewed] = [caseWith([answered]).case, caseWith([answered, ...afterwards('wrong')]).case];
    assert.deepEqual({ ...reviewed, seq: plain.seq }, plain);
  });

  it('is judged by the next who decides, be it the first of several', () => {
    assert.equal(agreed(opened(), decided(20, 'leo', 'approved')), true);
    assert.equal(
      agreed(
        opened(),
        approves(1, 20, 'leo', { terms: { a: 2, b: 1 } }),
        decided(30, 'mia', 'approved', { a: 2, b: 1 }),
      ),
      false,
    );
    assert.equal(agreed(opened(), decided(20, 'leo', 'rejected'), ...afterwards('right')), false);
  });

  it('is not agreed with by whoever approves what a rework has changed', () => {
    const rework = (edits: object): Said[] => [
      ...[opened(), decided(20, 'leo', 'returned')],
      [20, 'handoff.opened', 'baton', { owner: 'clerks', mayChange: [] }, `${review}/rework`],
      [30, 'handoff.reworked', 'cy', { role: 'clerks', ...edits }, `${review}/rework`],
      [40, 'handoff.opened', 'baton', { owner: 'leads', terms: { a: 1 } }, `${caseId}/review-2`],
      [50, 'handoff.decided', 'leo', { verdict: 'approved', role: 'leads', terms: { a: 1 } }, `${caseId}/review-2`],
    ];
    assert.equal(agreed(...rework({})), true);
    assert.equal(agreed(...rework({ edits: { terms: { patch: [{ path: '/a' }] } } })), false);
  });
});
