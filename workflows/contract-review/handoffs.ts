import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { Reference, RuleName, ValueName } from '../../core/declare/values.ts';
import { Finding, Round } from './actions.ts';
import { Reading } from './policies.ts';
import { Name, Request } from './request.ts';

const Packet = z.object({
  request: Request.omit({ text: true, cover: true }),
  draft: Reference,
  form: Name,
  decision: ValueName,
  rule: RuleName,
  reading: Reading,
  findings: z.array(Finding),
  round: Round,
});

const desk = <const N extends string>(owner: string, notBy: readonly N[]) =>
  handoff({
    on: 'position',
    owner,
    answerWithin: '2 business days',
    escalateTo: 'general-counsel',
    expiresAfter: '15 business days',
    rework: { atMost: 3, then: 'escalated' }, // it is read again
    requires: Packet,
    mayAmend: ['redlines', 'accepts', 'wordings'],
    ruledAgainBy: 'proceeding',
    notBy,
  });

export const handoffs = {
  legal: desk('legal', ['privacy', 'security', 'finance', 'procurement']),
  privacy: desk('privacy', ['security', 'finance', 'procurement']),
  security: desk('security', ['finance', 'procurement']),
  finance: desk('finance', ['procurement']),
  procurement: desk('procurement', []),
  /** Where a hard line was crossed and legal was not among those asked. */
  counsel: desk('legal', ['privacy', 'security', 'finance', 'procurement']),
};
