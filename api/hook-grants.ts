import { z } from 'zod';
import type { Deps } from './deps.ts';
import { Problem } from './problems.ts';

/** What the XML of a document is called beside the types of events. */
export const eInvoice = 'e-invoice';

/** What a webhook may speak for. */
export interface HookGrant {
  /** `<process>.<event>`, or `e-invoice`. */
  types: readonly string[];
  /** CloudEvents sources, each with what lies below it. */
  sources: readonly string[];
}

export type HookGrants = ReadonlyMap<string, HookGrant>;

/** Whoever was granted nothing in particular sends documents, and no events. */
export const usualGrant: HookGrant = { types: [eInvoice], sources: [] };

/** In development: everything, in one's own name. */
export const developmentGrant = (definitions: Deps['definitions'], source: string): HookGrant => ({
  types: typesOf(definitions),
  sources: [source, `/${source}`],
});

/** Throws `Problem` `webhook-not-granted`. */
export function checkGrant(grant: HookGrant, { type, source }: { type: string; source?: string }): void {
  const refuse = (field: string) =>
    new Problem('webhook-not-granted', '', { errors: [{ field, message: 'is not what this webhook may speak for' }] });
  if (!grant.types.includes(type)) throw refuse('/type');
  const climbs = /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(source ?? '');
  const isWithin = (own: string) => source === own || (source?.startsWith(`${own}/`) && !climbs);
  if (source !== undefined && !grant.sources.some(isWithin)) throw refuse('/source');
}

const Grants = z.record(
  z.string().regex(/^[A-Za-z0-9._-]{1,50}$/),
  z.strictObject({ types: z.array(z.string()).min(1), sources: z.array(z.string().min(1)).default([]) }),
);

/** `WEBHOOK_GRANTS`: JSON, by source. Throws a sentence. */
export function hookGrantsOf(env: NodeJS.ProcessEnv, definitions: Deps['definitions']): HookGrants {
  const grants = Grants.safeParse(json(env['WEBHOOK_GRANTS'] || '{}'));
  const wrong = (what: string) =>
    new Error(`WEBHOOK_GRANTS ${what}; it is JSON such as {"erp":{"types":["<process>.<event>"],"sources":["/erp"]}}.`);
  if (!grants.success) throw wrong('cannot be read');
  for (const [source, { types, sources }] of Object.entries(grants.data)) {
    const unknown = types.find((type) => !typesOf(definitions).includes(type));
    if (unknown !== undefined) throw wrong(`names a type for ${source} that no process declares`);
    if (sources.length === 0 && types.some((type) => type !== eInvoice))
      throw wrong(`names no CloudEvents source for the events of ${source}`);
  }
  return new Map(Object.entries(grants.data));
}

const typesOf = (definitions: Deps['definitions']): string[] => [
  eInvoice,
  ...Object.values(definitions).flatMap(({ name, startsOn, events }) =>
    [...(startsOn === undefined ? [] : [startsOn]), ...Object.keys(events)].map((event) => `${name}.${event}`),
  ),
];

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
