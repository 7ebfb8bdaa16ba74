import { setTimeout as wait } from 'node:timers/promises';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { Refusal, type Operation, type Records } from './declare.ts';
import { withoutFirstField, type Faults, type Given } from './faults.ts';
import { systems } from './index.ts';
import type { RequestLog } from './request-log.ts';
import type { Store } from './store.ts';

export interface WireOptions {
  store: Store;
  log: RequestLog;
  faults: Faults;
  /** False: idempotency keys are forgotten, every POST applies again. */
  dedupe: boolean;
}

const Paging = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
});

const staleMs = 30 * 24 * 60 * 60 * 1000;

/** The systems' own wire: reads, writes by key, and what became of a key. Generic over the declared operations. */
export function wire({ store, log, faults, dedupe }: WireOptions): Router {
  const router = express.Router();

  const logged = (req: Pick<Request, 'get' | 'method' | 'originalUrl'>, body: unknown) => {
    const key = req.get('idempotency-key') ?? null;
    log.add({ at: new Date().toISOString(), method: req.method, path: req.originalUrl, key, body });
  };

  const json = express.json({ limit: '1mb', strict: false, type: () => true });
  const readBody: RequestHandler<{ system: string; operation: string }> = (req, res, next) =>
    json(req, res, (error) => {
      logged(req, error ? null : req.body);
      next(error);
    });

  router.get('/:system/_outcome', async (req, res) => {
    logged(req, null);
    const { system } = req.params;
    const { key } = req.query;
    if (!systems.has(system)) throw new Refusal('system-unknown', `There is no system ${system}.`, 404);
    if (!dedupe) throw new Refusal('cannot-tell', 'This system keeps no keys.', 501);
    if (typeof key !== 'string') throw new Refusal('key-missing', 'Say which key.', 400);
    const kept = await store.outcome(system, key);
    res.json(kept ? { state: 'applied', result: kept.result } : { state: 'none' });
  });

  router.post('/:system/_fence', readBody, async (req, res) => {
    const { system } = req.params as { system: string };
    if (!systems.has(system)) throw new Refusal('system-unknown', `There is no system ${system}.`, 404);
    if (!dedupe) throw new Refusal('cannot-tell', 'This system keeps no keys.', 501);
    const kept = await store.fence(system, keyOf(req));
    res.json(kept ? { state: 'applied', result: kept.result } : { state: 'fenced' });
  });

  router.get('/:system/_effects', async (req, res) => {
    const { system } = req.params;
    if (!systems.has(system)) throw new Refusal('system-unknown', `There is no system ${system}.`, 404);
    const paging = Paging.safeParse(req.query);
    if (!paging.success) throw new Refusal('input-invalid', z.prettifyError(paging.error), 400);
    const { after, limit } = paging.data;
    if (await spoiled(faults.next(`${system}._effects`), res)) return;
    const effects = await store.effects(system, after, limit);
    res.json({ effects: effects.map(({ seq: _, ...effect }) => effect), next: String(effects.at(-1)?.seq ?? after) });
  });

  router.get('/:system/:operation', async (req, res) => {
    logged(req, null);
    const operation = declared(req, 'reads');
    const fault = faults.next(`${req.params.system}.${req.params.operation}`);
    if (await spoiled(fault, res)) return;
    const by = parse(operation, parsedJson(req.query['by']));
    const asOf = new Date(Date.now() - (fault?.mode === 'stale' ? (fault.ms ?? staleMs) : 0)).toISOString();
    const data = await operation.run(by, store.records());
    answer(res, fault, { asOf, data: fault?.mode === 'missing-field' ? withoutFirstField(data) : data });
  });

  router.post('/:system/:operation', readBody, async (req, res) => {
    const { system, operation: name } = req.params;
    const operation = declared(req, 'writes');
    const key = keyOf(req);
    const effect = { system, operation: name, key, body: req.body ?? null };
    const run = async (work: Records) => operation.run(parse(operation, req.body), work);
    const fault = faults.next(`${system}.${name}`, key);
    if (await spoiled(fault, res)) return;
    const { same, result } = await store.write(effect, run, dedupe);
    if (!same) throw new Refusal('key-reused', `The key ${key} was used for something else.`, 409);
    answer(res, fault, { result });
  });

  return router;
}

function keyOf(req: Pick<Request, 'get'>): string {
  const key = req.get('idempotency-key');
  if (!key) throw new Refusal('key-missing', 'A write needs an Idempotency-Key.', 400);
  return key;
}

function parsedJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new Refusal('input-invalid', 'by: must be JSON', 400);
  }
}

function declared(req: Request<{ system: string; operation: string }>, does: 'reads' | 'writes'): Operation {
  const { system, operation } = req.params;
  const operations = systems.get(system)?.[does];
  if (operations && Object.hasOwn(operations, operation)) return operations[operation]!;
  throw new Refusal('operation-unknown', `${system}.${operation} is none of the ${does} here.`, 404);
}

function parse(operation: Operation, value: unknown) {
  const parsed = operation.takes.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal('input-invalid', `${issue?.path.join('.') || 'input'}: ${issue?.message}`, 400);
}

/** What a fault does before the call: true when the call gets no further. */
export async function spoiled(fault: Given | undefined, res: Response): Promise<boolean> {
  if (fault?.mode === 'refuse')
    throw new Refusal(fault.code ?? 'refused', 'The system refuses this (a fault set on the sandbox).');
  const answered = fault && instead[fault.mode];
  if (answered) {
    const { status, code, message } = answered;
    if (status === 409 || status === 429) res.set('retry-after', String(Math.ceil((fault.ms ?? 1_000) / 1_000)));
    res.status(status).json({ code, message: `${message} (a fault set on the sandbox).` });
    return true;
  }
  if (fault?.mode === 'late') res.socket?.destroy();
  if (fault && ['slow', 'late', 'under-way'].includes(fault.mode)) await wait(fault.ms ?? 1_000);
  return fault?.mode === 'hang';
}

const instead: { [Mode in Given['mode']]?: { status: number; code: string; message: string } } = {
  unavailable: { status: 503, code: 'unavailable', message: 'The system is down' },
  'rate-limited': { status: 429, code: 'rate-limited', message: 'You ask too often' },
  broken: { status: 500, code: 'internal', message: 'The system failed' },
  'at-work': { status: 409, code: 'under-way', message: 'A write of this key is under way' },
};

export function answer(res: Response, fault: Given | undefined, body: unknown): void {
  if (fault?.mode === 'lose-reply') res.socket?.destroy();
  else if (fault?.mode === 'garbled') res.type('html').send('<html>');
  else res.json(body);
}
