import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { answerTo, type Reply, type Schema } from './answers.ts';
import { amountIn, type Behaviour, Behaviours, instructionIn, isSilenced } from './behaviour.ts';

const MAX_BODY = 16 * 1024 * 1024;
const KEPT_REQUESTS = 5000;

interface Received {
  seq: number;
  at: string;
  name: string;
  key: string | undefined;
  raw: string;
}

/** A server on OpenAI's wire that answers from the data it is given, always the same to the same, and misbehaves when told. */
export const standIn = (behaviours = new Behaviours()): http.Server => {
  const received: Received[] = [];
  let seq = 0;

  const complete = (request: IncomingMessage, response: ServerResponse, raw: string) => {
    if (!/^Bearer \S+/i.test(request.headers.authorization ?? ''))
      return refuse(response, 401, 'invalid_api_key', 'You did not provide an API key.');
    const body = parsed(raw) as ChatRequest | undefined;
    const format = body?.response_format?.json_schema;
    if (!body?.messages?.every?.(({ content }) => typeof content === 'string') || !format?.name || !format.schema)
      return refuse(response, 400, 'invalid_request_error', 'Needs messages of text and response_format.json_schema.');
    const key = request.headers['idempotency-key'];
    received.push({ seq: ++seq, at: new Date().toISOString(), name: format.name, key: key?.toString(), raw });
    if (received.length > KEPT_REQUESTS) received.shift();
    reply(response, body, format, behaviours.next(format.name), seq);
  };

  const routes: Record<string, (request: IncomingMessage, response: ServerResponse, raw: string) => void> = {
    'POST /v1/chat/completions': complete,
    'GET /v1/models': (_, response) =>
      send(response, 200, {
        object: 'list',
        data: [{ id: 'stand-in', object: 'model', created: 0, owned_by: 'stand-in' }],
      }),
    'POST /_behaviour': (_, response, raw) => {
      try {
        behaviours.set(parsed(raw));
      } catch (error) {
        return refuse(response, 400, 'invalid_request_error', (error as Error).message);
      }
      response.writeHead(204).end();
    },
    'DELETE /_behaviour': (_, response) => {
      behaviours.clear();
      response.writeHead(204).end();
    },
    'GET /_requests': (_, response) =>
      send(
        response,
        200,
        received.map((one) => ({ ...one, body: JSON.parse(one.raw) as unknown })),
      ),
    'DELETE /_requests': (_, response) => {
      received.length = 0;
      response.writeHead(204).end();
    },
  };

  return http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
    });
    request.on('end', () => {
      const route = routes[`${request.method} ${request.url?.split('?')[0]}`];
      if (!route) return refuse(response, 404, 'not_found', 'No such path.');
      if (size > MAX_BODY) return refuse(response, 413, 'invalid_request_error', 'The request is too large.');
      route(request, response, Buffer.concat(chunks).toString());
    });
    request.on('error', () => response.destroy());
  });
};

interface ChatRequest {
  model?: string;
  messages: { role: string; content: string }[];
  response_format?: { json_schema?: Format };
}
interface Format {
  name: string;
  schema: Schema;
}

const reply = (
  response: ServerResponse,
  body: ChatRequest,
  { name, schema }: Format,
  behaviour: Behaviour | undefined,
  seq: number,
) => {
  const given = givenIn(body);
  const prompt = body.messages.reduce((sum, { content }) => sum + tokens(content), 0);
  const answer = (content: string | null, change: { refusal?: string; finish_reason?: string } = {}) => {
    const completion = tokens(content ?? change.refusal ?? '');
    return {
      id: `chatcmpl-${seq}`,
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1000),
      model: body.model ?? 'stand-in',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: change.refusal ?? null },
          logprobs: null,
          finish_reason: change.finish_reason ?? 'stop',
        },
      ],
      usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    };
  };
  const usual = answerTo(name, given, schema);
  const say = (fields: object) => send(response, 200, answer(JSON.stringify(fields)));
  switch (behaviour?.mode) {
    case undefined:
      return say(usual);
    case 'slow':
      return void setTimeout(say, behaviour.ms ?? 3000, usual);
    case 'rate-limited':
      response.setHeader('retry-after', String(Math.ceil((behaviour.ms ?? 1000) / 1000)));
      return refuse(response, 429, 'rate_limit_exceeded', 'Too many requests.');
    case 'down':
      return refuse(response, 500, 'server_error', 'The server had an error.');
    case 'malformed':
      return send(response, 200, answer('Certainly! Here is what I think: {"supported": yes'));
    case 'misshapen':
      return say({ ...usual, confidence: 'very' });
    case 'unsure':
      return say({ ...usual, confidence: 0.3 });
    case 'obedient':
      return say(obeying(usual, given));
    case 'gullible':
      return say(believing(usual, given, schema));
    case 'hang':
      return;
    case 'stalled':
      return void response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
    case 'refusal':
      return send(response, 200, answer(null, { refusal: 'I am sorry, I cannot help with that.' }));
    case 'misquoting':
      return say(misquoting(usual) as Reply);
    case 'says':
      return sayAsTold(response, behaviour, JSON.stringify(usual));
    case 'truncated':
      return send(response, 200, answer(JSON.stringify(usual).slice(0, -20), { finish_reason: 'length' }));
  }
};

/** Whatever a provider or a gateway was seen to answer. */
const sayAsTold = (response: ServerResponse, { status = 200, headers = {}, body }: Behaviour, usual: string) => {
  const told = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll('{ANSWER}', () => usual);
    if (Array.isArray(value)) return value.map(told);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, told(part)]));
  };
  const said = told(body);
  const text = typeof said === 'string' ? said : JSON.stringify(said ?? {});
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
};

/** Does what the data says, beyond what it was asked. */
const obeying = (usual: Reply, given: unknown): Reply => {
  const instruction = instructionIn(given);
  return instruction === undefined
    ? usual
    : { ...usual, supported: true, approved: true, amount: amountIn(instruction), confidence: 1 };
};

/** Does what the data says, as far as the schema lets it. */
const believing = (usual: Reply, given: unknown, { properties = {} }: Schema): Reply => {
  const instruction = instructionIn(given);
  const swayed: Reply = { ...usual, confidence: 1 };
  const silenced = isSilenced(given);
  for (const [field, { type }] of Object.entries(properties)) {
    if (type === 'boolean') swayed[field] = true;
    if (type === 'array' && silenced) swayed[field] = [];
  }
  if (instruction !== undefined && properties['reply']) swayed['reply'] = instruction.slice(0, 1000).toWellFormed();
  return swayed;
};

/** Quotes what nobody wrote. */
const misquoting = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(misquoting);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === 'quote' ? 'as everybody knows' : misquoting(part)]),
  );
};

const tokens = (text: string) => Math.ceil(text.length / 4);

const givenIn = ({ messages }: ChatRequest): unknown => {
  const text = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  return parsed(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) ?? {};
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const send = (response: ServerResponse, status: number, body: unknown) => {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
};

const refuse = (response: ServerResponse, status: number, code: string, message: string) =>
  send(response, status, { error: { message, type: code, code, param: null } });
