import { z } from 'zod';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { supervisorOf } from '../../core/declare/autonomy.ts';
import { Field, fieldsOf, type ShownField } from '../fields.ts';
import { route } from '../route.ts';
import { seenProcess } from '../seen-process.ts';
import { parts, partsIn } from './answering-for.ts';
import { each, handoffShown, ShownHandoff } from './handoff-contract.ts';

const Fields = z.array(Field);
const Names = z.array(z.string());
const Named = <T extends z.ZodType>(value: T) => z.record(z.string(), value);

const Contracts = z.object({
  owner: z.string(),
  supervisedBy: z.string(),
  internal: z.boolean().describe('Of Baton’s own'),
  key: Names,
  request: Fields,
  outcomes: Named(Fields),
  terms: Named(Fields),
  sources: Named(z.object({ reads: z.string(), owner: z.string(), maxAge: z.string(), by: Fields, gives: Fields })),
  inferences: Named(
    z.object({
      instructions: z.string(),
      given: Fields,
      returns: Fields,
      quotesFrom: Names,
      misquotes: z.enum(['unusable', 'dropped']),
      withholds: Names,
      confidenceThreshold: z.number(),
      retryFor: z.string(),
      fallback: z.record(z.string(), z.unknown()).describe('What stands where no model gives a usable answer'),
    }),
  ),
  policies: Named(
    z.object({
      on: z.string(),
      verdicts: Names.describe('From the least to the most careful'),
      facts: Fields,
      outputs: Fields,
      sums: Named(z.object({ of: z.string(), per: Names, within: z.string() })).describe(
        'Facts that are sums over several cases',
      ),
    }),
  ),
  handoffs: Named(ShownHandoff),
  actions: Named(
    z.object({
      on: z.string(),
      each: z.string().nullable().describe('One write for each line of this list of the terms'),
      does: z.string(),
      input: Fields,
      alsoTakes: Names.describe('Fields that are not in the terms'),
      compensatedBy: z.string().nullable(),
      irreversible: z.string().nullable().describe('Why it cannot be compensated'),
    }),
  ),
  events: Named(
    z.object({
      by: Fields,
      gives: Fields,
      within: z.string(),
      owner: z.string().nullable(),
      remindersAtMost: z.int(),
      everyCase: z.boolean().describe('Each case gets it, not only the first that waits'),
    }),
  ),
  queues: z
    .array(z.object({ queue: z.string(), answersFor: z.array(z.object({ part: z.enum(parts), name: z.string() })) }))
    .describe('Who answers for what in it'),
});

export const get = route({
  method: 'get',
  path: '/processes/{process}/contracts',
  summary: 'What each step of a process that you see is held to: data, models, rules, people, writes, events',
  who: ['auditor', 'admin', 'queue'],
  answers: { 200: { description: 'Every contract, in the order of the declaration', schema: Contracts } },
  problems: ['not-found'],
  async answer({ caller, params }, { definitions }) {
    return { status: 200, body: contractsOf(seenProcess({ definitions }, caller, params['process']!)) };
  },
});

function contractsOf(definition: ProcessDefinition): z.output<typeof Contracts> {
  const { owner, internal = false, key, request, outcomes, terms, context, handoffs } = definition;
  return {
    ...{ owner, supervisedBy: supervisorOf(definition), internal, key: [...key], request: fieldsOf(request) },
    ...{ outcomes: each(outcomes, fieldsOf), terms: each(terms, fieldsOf) },
    sources: each(context, ({ reads, owner, maxAge, by, gives }) => ({
      ...{ reads, owner, maxAge, by: fieldsOf(by), gives: fieldsOf(gives) },
    })),
    ...judged(definition),
    handoffs: each(handoffs, handoffShown),
    ...written(definition),
    queues: [...partsIn(definition)].map(([queue, answersFor]) => ({ queue, answersFor })),
  };
}

const judged = ({ inferences, policies, terms }: ProcessDefinition) => ({
  inferences: each(
    inferences,
    ({ instructions, given, returns, quotesFrom = [], misquotes, withholds = [], fallback, ...more }) => ({
      ...{ instructions: plain(instructions), given: fieldsOf(given), returns: fieldsOf(returns) },
      ...{
        quotesFrom: [...quotesFrom],
        misquotes: misquotes ?? ('unusable' as const),
        withholds: [...withholds],
        fallback,
      },
      ...{ confidenceThreshold: more.confidenceThreshold, retryFor: more.retryFor },
    }),
  ),
  policies: each(policies, ({ on, verdicts, facts, outputs, sums = {} }) => ({
    ...{ on: on as string, verdicts: [...verdicts], outputs: outputs ? fieldsOf(outputs) : [] },
    facts: fieldsOf(facts).map((fact) => summed(fact, sums[fact.path[0]!]?.of, terms[on as string]!)),
    sums: each(sums, ({ of, per, within }) => ({ of, per: [...per], within })),
  })),
});

const written = ({ actions, events }: ProcessDefinition) => ({
  actions: each(actions, ({ on, each: line = null, does, input, alsoTakes = [], compensatedBy, irreversible }) => ({
    ...{ on, each: line, does, input: fieldsOf(input), alsoTakes: [...alsoTakes] },
    ...{ compensatedBy: compensatedBy ?? null, irreversible: irreversible ?? null },
  })),
  events: each(events, ({ by, gives, within, owner = null, remindersAtMost = 30, reaches }) => ({
    ...{ by: fieldsOf(by), gives: fieldsOf(gives), within, owner, remindersAtMost },
    everyCase: reaches === 'every case',
  })),
});

/** A sum of amounts is an amount; of texts, how many there are. */
function summed(fact: ShownField, of: string | undefined, terms: z.ZodType): ShownField {
  const added = fieldsOf(terms).find(({ path }) => path.join('.') === of);
  return added?.format === 'amount' ? { ...fact, format: 'amount' } : fact;
}

/** As it is written in the declaration, without the indent of the code around it. */
function plain(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}
