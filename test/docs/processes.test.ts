import assert from 'node:assert/strict';
import { printProcesses } from '../../scripts/docs/processes.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { definition } from '../../workflows/refund/definition.ts';

describe('docs/processes.md', () => {
  it('says when the clock of a handoff stands still, and which calendar rules it once it is escalated', () => {
    const { review } = definition.handoffs;
    const contract = { pausesWhile: ['asked', 'confirmation'], afterEscalation: 'calendar of escalateTo' } as const;
    const handoffs = { review: { ...review, ...contract } };
    const text = printProcesses([{ ...definition, handoffs } as ProcessDefinition]);
    assert.match(text, /\| 4 business hours; the clock stands still while `asked`, `confirmation` \|/);
    assert.match(text, /\| 3 business days; once it is escalated, by the calendar of that queue \|/);
    assert.doesNotMatch(printProcesses([definition]), /stands still|is escalated, by/);
  });
});
