import { z } from 'zod';
import { longText, text } from '../core/declare/values.ts';
import { readText } from '../store/texts.ts';
import type { Db } from '../store/pool.ts';
import type { Systems } from '../systems/client.ts';
import { SystemRefused } from '../systems/errors.ts';
import { compare } from '../rules/comparison/compare.ts';
import { parse } from './failures.ts';

/** What `texts.compare` is given: a draft, and the standard form that it should follow. */
const Comparing = z.object({
  draft: longText(),
  standard: longText(),
  title: text(200),
  labels: z.array(text(100)),
  wordings: z.array(z.object({ clause: text(40), text: text(5_000) })),
});

/** The systems of record and, beside them, the texts that Baton keeps: two of them are compared like anything else is read. */
export const withTexts = (db: Db, systems: Systems): Systems => ({
  ...systems,
  read: (operation, by, options) =>
    operation === 'texts.compare' ? comparison(db, by) : systems.read(operation, by, options),
});

async function comparison(db: Db, by: unknown) {
  const { draft, standard, ...form } = parse(Comparing, by, 'input-invalid');
  const [ours, theirs] = await Promise.all([draft, standard].map((ref) => readText(db, ref)));
  if (!ours || !theirs) throw new SystemRefused('texts', 'text-unknown', 'There is no such text');
  return { asOf: new Date().toISOString(), data: compare(ours.text, { ...form, text: theirs.text }) };
}
