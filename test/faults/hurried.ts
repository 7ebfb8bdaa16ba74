import type { ProcessDefinition, Span } from '../../core/declare/definition.ts';
import * as declared from '../../workflows/definitions.ts';

/** Every process as declared, but that people have seconds to answer: so the moments of their contracts come while the bench runs. */
export const hurried: Record<string, ProcessDefinition> = Object.fromEntries(
  Object.entries(declared as Record<string, ProcessDefinition>).map(([name, definition]) => {
    const contracts = Object.entries(definition.handoffs).map(([handoff, contract]) => [
      handoff,
      { ...contract, answerWithin: '0.1 minutes' as Span, expiresAfter: '0.25 minutes' as Span },
    ]);
    return [name, { ...definition, handoffs: Object.fromEntries(contracts) as ProcessDefinition['handoffs'] }];
  }),
);
