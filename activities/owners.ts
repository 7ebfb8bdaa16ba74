import { z } from 'zod';
import type { Owner } from '../core/declare/definition.ts';
import { text } from '../core/declare/values.ts';
import { findCase } from '../store/cases.ts';
import type { Db } from '../store/pool.ts';
import { findOutputs } from '../store/rulings.ts';
import { lastReading } from '../store/steps.ts';
import { refuse } from './failures.ts';

const Named = text(200).min(1);
const Minutes = z.number().positive().max(525_600);

interface Owned {
  owner: string;
  /** The owner again, when it is a person. */
  person?: string;
  /** How long the owner has, where the ruling says it. */
  minutes?: number;
}

/** Whose turn it is, by the declaration and what the store holds; of the workflow's word only the ruling's reference is taken. */
export async function ownerOf(
  db: Db,
  owner: Owner,
  { caseId, name, to }: { caseId: string; name: string; to: string | undefined },
): Promise<Owned> {
  const not = (why: string) => refuse('packet-invalid', `${name}: ${why}`);
  if (typeof owner === 'string') return { owner };
  if (owner.by === 'request') {
    const request = (await findCase(db, caseId))?.request as Record<string, unknown>;
    const queue = Named.safeParse(request[owner.field]);
    if (!queue.success) throw not(`the request names no queue in ${owner.field}`);
    return { owner: queue.data };
  }
  if (owner.by === 'record') {
    const { source, field } = owner;
    const data = await lastReading(db, caseId, source);
    const named = typeof data === 'object' && data !== null && Object.hasOwn(data, field) ? data : {};
    const person = Named.safeParse((named as Record<string, unknown>)[field]);
    if (!person.success) throw not(`no person is named by ${source}.${field}`);
    return { owner: person.data, person: person.data };
  }
  const outputs = to === undefined ? undefined : await findOutputs(db, caseId, to);
  if (!outputs) throw not('there is no such ruling in this case');
  const queue = owner.among.find((one) => one === outputs['owner']);
  if (queue === undefined) throw not(`the ruling names none of ${owner.among.join(', ')}`);
  if (outputs['minutes'] === undefined) return { owner: queue };
  const minutes = Minutes.safeParse(outputs['minutes']);
  if (!minutes.success) throw not('the ruling gives no number of minutes');
  return { owner: queue, minutes: minutes.data };
}
