import express, { type Router } from 'express';
import { z } from 'zod';
import { Refusal } from './declare.ts';
import { Fault, type Faults } from './faults.ts';
import { systems } from './index.ts';
import type { RequestLog } from './request-log.ts';
import type { Store } from './store.ts';
import { change, type Change } from './unit-of-work.ts';

/** Calls that only the sandbox has: its records, its faults, and what it was asked and did. */
export function admin(store: Store, log: RequestLog, faults: Faults): Router {
  const router = express.Router();
  const json = express.json({ limit: '64mb' });

  router.get('/_records', async (_req, res) => {
    const all: Record<string, Record<string, unknown[]>> = {};
    for (const { system, kind, body } of await store.allRecords()) ((all[system] ??= {})[kind] ??= []).push(body);
    res.json(all);
  });
  router.put('/_records', json, async (req, res) => {
    const changes = changesOf(req.body);
    await log.flush();
    await store.load(changes, true);
    res.json({ records: changes.length });
  });
  router.post('/_records', json, async (req, res) => {
    const changes = changesOf(req.body);
    await store.load(changes, false);
    res.json({ records: changes.length });
  });
  router.delete('/_records', async (_req, res) => {
    await log.flush();
    await store.load([], true);
    res.json({ records: 0 });
  });

  router.get('/_faults', (_req, res) => void res.json(faults.list()));
  router.post('/_faults', json, (req, res) => {
    const parsed = Fault.safeParse(req.body);
    if (!parsed.success) throw new Refusal('input-invalid', z.prettifyError(parsed.error), 400);
    faults.add(parsed.data);
    res.json(faults.list());
  });
  router.delete('/_faults', (_req, res) => {
    faults.clear();
    res.json([]);
  });

  router.get('/_journal', async (req, res) => void res.json(await store.journal(seq(req.query['after']))));
  router.get('/_requests', async (req, res) => {
    await log.flush();
    res.json(await store.requests(seq(req.query['after'])));
  });
  router.get('/healthz', (_req, res) => void res.json({ ok: true }));
  return router;
}

function seq(after: unknown): number {
  const parsed = z.coerce
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .safeParse(after ?? 0);
  if (!parsed.success) throw new Refusal('input-invalid', 'after: must be a seq', 400);
  return parsed.data;
}

/** `{ <system>: { <kind>: [record, …] } }`, every record held to its kind. */
export function changesOf(records: unknown): Change[] {
  const shape = z.record(z.string(), z.record(z.string(), z.array(z.unknown()))).safeParse(records);
  if (!shape.success) throw new Refusal('input-invalid', z.prettifyError(shape.error), 400);
  const changes = new Map<string, Change>();
  for (const [system, kinds] of Object.entries(shape.data)) {
    for (const [name, bodies] of Object.entries(kinds)) {
      const kind = systems.get(system)?.kinds.find((each) => each.kind === name);
      if (!kind) throw new Refusal('input-invalid', `${system}.${name}: no such kind of record`, 400);
      for (const body of bodies) {
        const parsed = kind.body.safeParse(body);
        if (!parsed.success)
          throw new Refusal('input-invalid', `${system}.${name}: ${z.prettifyError(parsed.error)}`, 400);
        const each = change(kind, parsed.data);
        changes.set(`${system}/${name}/${each.id}`, each);
      }
    }
  }
  return [...changes.values()];
}
