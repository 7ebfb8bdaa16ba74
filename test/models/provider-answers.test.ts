import assert from 'node:assert/strict';
import { createModel, type Model, ModelUnavailable, ModelUnusable } from '../../models/client.ts';
import { RequestRefused } from '../../models/errors.ts';
import { assess } from './good-question.ts';
import { startStandIn } from './stand-in-process.ts';

const message = (content: unknown, finish_reason = 'stop') => ({
  choices: [{ index: 0, finish_reason, message: { role: 'assistant', content } }],
});

describe('what providers and gateways answer', () => {
  let standIn: Awaited<ReturnType<typeof startStandIn>>;
  let model: Model;
  before(async () => {
    standIn = await startStandIn();
    model = createModel({ baseUrl: standIn.baseUrl, apiKey: 'any', model: 'stand-in' });
  });
  after(() => standIn.stop());

  const said = async (reply: { status?: number; headers?: object; body: unknown }) => {
    await standIn.behave({ mode: 'says', ...reply });
    return model.ask(assess()).catch((error: unknown) => error);
  };

  describe('is read where exactly one JSON object stands there', () => {
    const readable: Record<string, unknown> = {
      'in a fence': '```json\n{ANSWER}\n```',
      'in a fence without a language': '```\n{ANSWER}\n```',
      'in a fence of tildes, with returns': '~~~JSON\r\n{ANSWER}\r\n~~~',
      'in a fence after a sentence': 'Here is the assessment:\n\n```json\n{ANSWER}\n```\nI hope this helps.',
      'after thoughts': '<think>\nThe user wants {an answer}.\n</think>\n\n{ANSWER}',
      'after thoughts that the prompt began': 'Let me see: {"supported": ?}.\n</think>\n{ANSWER}',
      'after thoughts in brackets': '[THINK]maybe {no}[/THINK]{ANSWER}',
      'after thoughts, in a fence': '<thinking>```json\n{}\n```</thinking>\n```json\n{ANSWER}\n```',
      'behind a byte order mark': '\ufeff{ANSWER}',
      'as parts': [{ type: 'text', text: '{ANSWER}' }],
      'as parts, thoughts apart': [
        { type: 'thinking', thinking: [{ type: 'text', text: 'hm {}' }] },
        { type: 'text', text: '{ANSWER}' },
      ],
      'as output parts': [{ type: 'output_text', text: '{ANSWER}' }],
    };
    for (const [how, content] of Object.entries(readable))
      it(how, async () => {
        const answer = await said({ body: message(content) });
        assert.ok(!(answer instanceof Error), String(answer));
        assert.equal((answer as { confidence: number }).confidence, 0.95);
      });

    const unreadable: Record<string, [unknown, RegExp]> = {
      'two objects': ['{ANSWER}\n{ANSWER}', /^not JSON$/],
      'two fences': ['```json\n{ANSWER}\n```\nor\n```json\n{ANSWER}\n```', /^not JSON$/],
      'a fence beside an object': ['{"supported":false}\n```json\n{ANSWER}\n```', /^not JSON$/],
      'a sentence before it': ['Sure: {ANSWER}', /^not JSON$/],
      'thoughts only': ['<think>so {ANSWER}', /^not JSON$/],
      'a list of one': ['[{ANSWER}]', /^not of the shape asked for/],
      nothing: ['', /^it is empty$/],
      null: [null, /^it is empty$/],
      'pictures only': [[{ type: 'image_url', image_url: { url: 'x' } }], /^it is empty$/],
    };
    for (const [what, [content, reason]] of Object.entries(unreadable))
      it(`and not where there is ${what}`, async () => {
        const error = await said({ body: message(content) });
        assert.ok(error instanceof ModelUnusable, String(error));
        assert.match(error.reason, reason);
      });
  });

  describe('is no answer, which may come later, where it', () => {
    const busy: Record<string, [{ status?: number; headers?: object; body: unknown }, number | undefined, RegExp]> = {
      'reports an error inside a 200': [
        { body: { error: { message: 'Provider returned error', code: 429, metadata: { raw: 'retry shortly' } } } },
        429,
        /retry shortly/,
      ],
      'reports an error without a number': [{ body: { error: 'model is overloaded' } }, undefined, /overloaded/],
      'reports an error beside an empty list': [
        { body: { choices: [], error: { message: 'upstream timed out', code: '504' } } },
        504,
        /timed out/,
      ],
      'is an error as a whole': [
        { body: { object: 'error', message: 'engine is dead', type: 'ServerError', code: 503 } },
        503,
        /engine is dead/,
      ],
      'broke off upstream': [
        { body: { choices: [{ finish_reason: 'error', error: { code: 502, message: 'upstream' }, message: {} }] } },
        502,
        /upstream/,
      ],
      'broke off without a word': [{ body: message('{"supp', 'error') }, undefined, /finish_reason/],
      'was aborted': [{ body: message('{ANSWER}', 'abort') }, undefined, /abort/],
      'has no choice': [{ body: { id: 'x' } }, undefined, /"id":"x"/],
      'is a page': [
        { headers: { 'content-type': 'text/html' }, body: '<h1>Gateway is warming up</h1>' },
        undefined,
        /warming up/,
      ],
      'is cut off': [{ body: '{"choices": [' }, undefined, /JSON/],
      'is empty': [{ body: '' }, undefined, /^$/],
      'has no credit': [{ status: 402, body: { error: { message: 'Insufficient Balance' } } }, 402, /Insufficient/],
    };
    for (const [what, [reply, status, words]] of Object.entries(busy))
      it(what, async () => {
        const error = await said(reply);
        assert.ok(error instanceof ModelUnavailable, String(error));
        assert.equal(error.status, status);
        assert.match(error.said, words);
      });

    it('refuses our key, which is then repeated nowhere', async () => {
      for (const words of ['Incorrect API key provided: sk-proj-abc123def456', 'got "Bearer abc.def-123"']) {
        const error = await said({ status: 401, body: { error: { message: words } } });
        assert.ok(error instanceof ModelUnavailable);
        assert.match(error.said, /\[key\]/);
        assert.doesNotMatch(error.said, /abc/);
      }
    });

    it('names a wait, in whatever way', async () => {
      const day = new Date(Date.now() + 86_400_000).toUTCString();
      const waits: [object, (ms: number | undefined) => boolean][] = [
        [{ 'retry-after': '3600' }, (ms) => ms === 3_600_000],
        [{ 'retry-after-ms': '250' }, (ms) => ms === 250],
        [{ 'retry-after': day }, (ms) => ms! > 86_000_000 && ms! <= 86_400_000],
        [{ 'retry-after': 'soon' }, (ms) => ms === undefined],
        [{ 'retry-after': '-5' }, (ms) => ms === 0],
      ];
      for (const [headers, right] of waits) {
        for (const reply of [
          { status: 429, headers, body: {} },
          { headers, body: { error: { code: 429 } } },
        ]) {
          const error = await said(reply);
          assert.ok(error instanceof ModelUnavailable && right(error.retryAfterMs), JSON.stringify(headers));
        }
      }
    });
  });

  describe('refuses the request for good, and says why, where it is', () => {
    const refused: Record<string, { status?: number; body: unknown }> = {
      'a 400': { status: 400, body: { error: { message: 'Invalid schema: …', param: 'response_format' } } },
      'a 422': { status: 422, body: { detail: 'Invalid schema: …' } },
      'too long': { status: 413, body: 'Invalid schema: …' },
      'not taken by the gateway': { status: 415, body: { error: 'Invalid schema: …' } },
      'a 400 inside a 200': { body: { error: { message: 'Invalid schema: …', code: 400 } } },
    };
    for (const [what, reply] of Object.entries(refused))
      it(what, async () => {
        const error = await said(reply);
        assert.ok(error instanceof RequestRefused, String(error));
        assert.match(error.said, /Invalid schema/);
        assert.doesNotMatch(error.message, /schema/);
      });
  });
});
