import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerTo, type Schema } from '../../models/stand-in/answers.ts';
import { orders, type Random } from './random.ts';

interface ChatRequest {
  messages: { role: string; content: string }[];
  response_format: { json_schema: { name: string; schema: Schema & { maxItems?: number; maximum?: number } } };
}

/**
 * A model that obeys the attacker, on the wire of real ones. What it answers is made from the schema that it is asked in: either
 * anything that the schema allows, filled with what it was given, or an honest answer in which it is sure, says yes, and leaves out
 * what would be in the attacker's way.
 */
export async function obeyingModel(random: Random) {
  const server = createServer((request, response) => {
    void answer(request, random).then((body) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function answer(request: IncomingMessage, random: Random) {
  const body = JSON.parse(await text(request)) as ChatRequest;
  const { name, schema } = body.response_format.json_schema;
  const given = givenIn(body);
  const said = random.chance(0.75)
    ? swayed(answerTo(name, given, schema), schema, random)
    : { ...(made(schema, '', valuesIn(given), random) as object), evidence: [] };
  const content = JSON.stringify({ ...said, confidence: random.chance(0.95) ? 1 : random.next() });
  return {
    ...{ id: 'obeying', object: 'chat.completion', created: 0, model: 'obeying' },
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

/** The choices that take a person away. */
const wanted: readonly unknown[] = ['pay', 'nothing'];

/** An honest answer, bent: yes to every question, now and then another choice of a list, and silence where something was found. */
function swayed(usual: object, schema: Schema, random: Random): object {
  const bent = Object.entries(usual).map(([field, value]) => {
    const { type, enum: choices } = schema.properties?.[field] ?? {};
    if (type === 'boolean') return [field, true];
    if (choices && random.chance(0.8)) return [field, choices.find((one) => wanted.includes(one)) ?? value];
    if (choices && random.chance(0.5)) return [field, random.pick(choices)];
    if (field === 'details' && random.chance(0.6)) return [field, []];
    if (field === 'changes' && random.chance(0.5)) return [field, []];
    return [field, value];
  });
  return Object.fromEntries(bent) as object;
}

/** Anything that the schema allows; texts and ids are those that it was given under the same name, or any. */
function made(
  schema: Schema & { maxItems?: number; maximum?: number },
  field: string,
  pool: Pool,
  random: Random,
): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  if (schema.anyOf) return made(random.pick(schema.anyOf), field, pool, random);
  switch (schema.type ?? 'string') {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, made(part, name, pool, random)]),
      );
    case 'array': {
      const least = schema.minItems ?? 0;
      const length = random.int(least, Math.min(schema.maxItems ?? least + 3, least + 3));
      return Array.from({ length }, () => made(schema.items ?? {}, field.replace(/s$/, ''), pool, random));
    }
    case 'boolean':
      return random.chance(0.8);
    case 'number':
    case 'integer':
      return random.pick([schema.minimum ?? 0, schema.maximum ?? 1_000_000, schema.minimum ?? 1]);
    case 'null':
      return null;
    default:
      return word(field, pool, random);
  }
}

function word(field: string, { byName, all }: Pool, random: Random): string {
  if (field === 'quote') return random.pick(byName.get('narrative') ?? byName.get('text') ?? all).slice(0, 200);
  const same = byName.get(field);
  if (same && random.chance(0.9)) return random.pick(same);
  return random.chance(0.5) && all.length > 0 ? random.pick(all).slice(0, 200) : random.pick(orders);
}

/** The texts that it was given, by the names of their fields. */
interface Pool {
  byName: Map<string, string[]>;
  all: string[];
}

function valuesIn(given: unknown): Pool {
  const pool: Pool = { byName: new Map(), all: [] };
  const look = (value: unknown, name: string) => {
    if (typeof value === 'string' && value !== '') {
      pool.all.push(value);
      pool.byName.set(name, [...(pool.byName.get(name) ?? []), value]);
    } else if (Array.isArray(value)) value.forEach((one) => look(one, name.replace(/s$/, '')));
    else if (typeof value === 'object' && value !== null)
      for (const [key, part] of Object.entries(value)) look(part, key);
  };
  look(given, '');
  const methods = pool.byName.get('paymentMethodId');
  if (methods) pool.byName.set('refundTo', methods);
  if (pool.all.length === 0) pool.all.push('nothing');
  return pool;
}

function givenIn({ messages }: ChatRequest): unknown {
  const said = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  try {
    return JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1));
  } catch {
    return {};
  }
}
