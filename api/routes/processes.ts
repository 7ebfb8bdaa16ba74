import { z } from 'zod';
import { supervisorOf } from '../../core/declare/autonomy.ts';
import type { ProcessDefinition, Schedule } from '../../core/declare/definition.ts';
import { ownerInWords } from '../../core/declare/owner.ts';
import { route } from '../route.ts';
import { definitionOf } from '../visibility.ts';

const Schema = z.record(z.string(), z.unknown()).describe('JSON Schema');
const Named = <T extends z.ZodType>(value: T) => z.record(z.string(), value);

const Names = z.array(z.string());

const Process = z.object({
  name: z.string(),
  owner: z.string(),
  internal: z.boolean().describe('Of Baton’s own: nobody asks for a case of it'),
  supervisedBy: z.string().describe('The queue that approves writes where the level of autonomy asks for it'),
  key: z.array(z.string()),
  requestedBy: Names.describe('Roles that may ask for a case; the role system always may'),
  saidBySystems: Names.describe('Fields of the request that only the role system may send'),
  about: Names.describe('Fields of the request that hold whom a case is about: they decide nothing in it'),
  startsOn: z.string().optional().describe('The type of the CloudEvent that starts a case'),
  documents: Names.describe('Documents that start a case of it, sent to `/hooks/{source}`'),
  request: Schema,
  terms: Named(Schema),
  outcomes: Named(Schema),
  sources: Named(z.object({ reads: z.string(), owner: z.string(), maxAge: z.string(), gives: Schema })),
  inferences: Named(
    z.object({
      ...{ given: Names, returns: Names, quotesFrom: Names, withholds: Names, confidenceThreshold: z.number() },
      shownAs: z.record(z.string(), z.string()).describe('Fields of `given` that packets hold under another name'),
      answers: Schema,
    }),
  ),
  policies: Named(z.object({ ...{ on: z.string(), verdicts: Names, facts: Names, outputs: Names } })),
  handoffs: Named(
    z.object({
      on: z.string().nullable().describe('null: the case only changes hands'),
      owner: z.string().describe('A queue, or who names it: `by ruling: …`, `by record: …`'),
      answerWithin: z.string(),
      escalateTo: z.string(),
      expiresAfter: z.string(),
      packet: Schema.describe('JSON Schema of what its owner is shown'),
      drafts: Names.describe('Fields of the packet and of the terms that a model drafted'),
      mayAmend: z.array(z.string()),
      approvals: z.int().describe('How many different people must approve'),
      limitedBy: z
        .unknown()
        .describe('Where the terms hold the amount that limits of authority are about; null: nowhere'),
      reasonFor: z.array(z.string()).describe('Answers that need a reason'),
      notBy: z.array(z.string()).describe('Who approved one of these handoffs does not answer this one'),
    }),
  ),
  actions: Named(
    z.object({
      on: z.string(),
      does: z.string(),
      each: z.string().optional().describe('A list of the terms: one write for each of its lines'),
      input: Schema,
      output: Schema,
      compensatedBy: z.string().optional(),
      irreversible: z.string().optional().describe('Why it cannot be compensated'),
    }),
  ),
  events: Named(z.object({ by: Schema, gives: Schema, within: z.string(), owner: z.string().optional() })),
  impact: Names.describe('What a case may say that it was worth'),
  schedule: z
    .object({ dailyAt: z.string(), finds: z.string(), daysAhead: z.int(), owner: z.string() })
    .optional()
    .describe('Where the clock opens cases, too: when, by UTC, and what is looked at'),
});

const Listed = Process.pick({ name: true, owner: true, key: true, internal: true });

export const list = route({
  method: 'get',
  path: '/processes',
  summary: 'What processes there are',
  who: 'anyone',
  answers: { 200: { description: 'Every declared process', schema: z.object({ processes: z.array(Listed) }) } },
  problems: [],
  async answer(_call, { definitions }) {
    const processes = Object.values(definitions).map(({ name, owner, key, internal = false }) => ({
      ...{ name, owner, key, internal },
    }));
    return { status: 200, body: { processes } };
  },
});

export const get = route({
  method: 'get',
  path: '/processes/{process}',
  summary: 'What a process declares',
  who: 'anyone',
  answers: { 200: { description: 'The declaration', schema: Process } },
  problems: ['not-found'],
  async answer({ params }, { definitions }) {
    return { status: 200, body: describeProcess(definitionOf(definitions, params['process']!)) };
  },
});

/** What a caller must send, as JSON Schema. */
export const inputSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

const each = <T, R>(named: Record<string, T>, show: (value: T) => R) =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [name, show(value)]));

function describeProcess(definition: ProcessDefinition): z.output<typeof Process> {
  const { name, owner, key, request, terms, outcomes, context, inferences, policies, handoffs, actions, events } =
    definition;
  return {
    name,
    owner,
    internal: definition.internal ?? false,
    supervisedBy: supervisorOf(definition),
    key: [...key],
    requestedBy: [...(definition.requestedBy ?? [])],
    saidBySystems: [...(definition.saidBySystems ?? [])],
    about: [...(definition.about ?? [])],
    ...(definition.startsOn === undefined ? {} : { startsOn: `${name}.${definition.startsOn}` }),
    documents: [...(definition.documents ?? [])],
    request: inputSchema(request),
    terms: each(terms, inputSchema),
    outcomes: each(outcomes, inputSchema),
    sources: each(context, ({ reads, owner, maxAge, gives }) => ({ reads, owner, maxAge, gives: inputSchema(gives) })),
    inferences: each(inferences, ({ given, returns, quotesFrom = [], withholds = [], shownAs = {}, ...more }) => ({
      given: Object.keys(given.shape),
      returns: Object.keys(returns.shape),
      quotesFrom: [...quotesFrom],
      withholds: [...withholds],
      shownAs: { ...shownAs },
      confidenceThreshold: more.confidenceThreshold,
      answers: inputSchema(returns),
    })),
    policies: each(policies, ({ on, verdicts, facts, outputs }) => ({
      on,
      verdicts: [...verdicts],
      facts: Object.keys(facts.shape),
      outputs: Object.keys(outputs?.shape ?? {}),
    })),
    handoffs: each(
      handoffs,
      ({ on = null, owner, answerWithin, escalateTo, expiresAfter, mayAmend = [], notBy = [], ...more }) => ({
        ...{ on, owner: ownerInWords(owner), answerWithin, escalateTo, expiresAfter },
        ...{ packet: inputSchema(more.requires), drafts: [...(more.drafts ?? [])] },
        ...{ mayAmend: [...mayAmend], notBy: [...notBy], approvals: more.approvals ?? 1 },
        ...{ limitedBy: more.limitedBy ?? null, reasonFor: [...(more.reasonFor ?? [])] },
      }),
    ),
    actions: each(actions, ({ on, does, compensatedBy, irreversible, each: lines, input, output }) => ({
      ...{ on, does, input: inputSchema(input), output: inputSchema(output) },
      ...(lines === undefined ? {} : { each: lines }),
      ...(compensatedBy === undefined ? { irreversible } : { compensatedBy }),
    })),
    events: each(events, ({ by, gives, ...rest }) => ({ by: inputSchema(by), gives: inputSchema(gives), ...rest })),
    impact: Object.keys(definition.impact?.shape ?? {}),
    ...(definition.schedule ? { schedule: shownSchedule(definition.schedule) } : {}),
  };
}

const shownSchedule = ({ dailyAt, finds, daysAhead, owner }: Schedule) => ({ dailyAt, finds, daysAhead, owner });
