import type { Line } from '../../store/record.ts';
import { auditor, ok } from './answer.ts';
import type { Baton } from './baton.ts';
import type { Observed, SeenRuling, SetTable } from './set.ts';

/** What a case waits for: a handoff by its id, anything else by its declared name. */
export interface ShownWait {
  for: 'handoff' | 'event' | 'moment';
  id: string;
  owner?: string;
  dueAt: string;
}

export interface ShownCase {
  status: 'open' | 'closed';
  stage: string;
  outcome: string | null;
  result: unknown;
  waitingOn: ShownWait[];
}

export interface ShownHandoff {
  id: string;
  name: string;
  /** Whose turn it is now. */
  owner: string;
  /** Whose turn it was first. */
  askedOf: string;
  version: number;
  packet: unknown;
  terms: unknown;
  decision: { by: string; terms: unknown } | null;
}

/** A model that is asked again is no place of rest. */
export async function look(baton: Baton, caseId: string): Promise<ShownCase> {
  const { body } = await ok(baton.call(auditor, 'GET', `/cases/${encodeURIComponent(caseId)}`));
  const found = body as ShownCase;
  return { ...found, waitingOn: found.waitingOn.filter((wait) => (wait.for as string) !== 'model') };
}

export async function recordOf(baton: Baton, caseId: string): Promise<Line[]> {
  const { body } = await ok(baton.call(auditor, 'GET', `/cases/${encodeURIComponent(caseId)}/record`));
  return String(body)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

/** In the order in which they were opened. */
export async function handoffsOf(baton: Baton, caseId: string, record?: Line[]): Promise<ShownHandoff[]> {
  const [lines, { body }] = await Promise.all([
    record ?? recordOf(baton, caseId),
    ok(baton.call(auditor, 'GET', `/handoffs?case=${encodeURIComponent(caseId)}&limit=200`)),
  ]);
  const shown = new Map((body.handoffs as ShownHandoff[]).map((handoff) => [handoff.id, handoff]));
  return linesOf(lines, 'handoff.opened').flatMap(({ key, body }) => {
    const handoff = shown.get(key);
    return handoff && !body['task'] ? [{ ...handoff, askedOf: body['owner'] as string }] : [];
  });
}

/** All that is compared of a case that came to rest. */
export async function observe(
  baton: Baton,
  table: Pick<SetTable, 'called' | 'askedBefore'>,
  caseId: string,
  rest: string | ShownWait[],
): Promise<Observed> {
  const { called = ({ name }) => name, askedBefore } = table;
  const [{ outcome, result }, record, journal] = await Promise.all([
    look(baton, caseId),
    recordOf(baton, caseId),
    baton.journal(),
  ]);
  const handoffs = await handoffsOf(baton, caseId, record);
  const ours = journal.filter(({ key }) => key.startsWith(`${caseId}/`));
  const keys = new Set(ours.map(({ key }) => key));

  const intents = linesOf(record, 'action.intended');
  const guarded = intents.find(({ body }) => askedBefore?.includes(body['operation']) ?? true);
  const asked = linesOf(record, 'handoff.opened').flatMap(({ key, seq, body }) => {
    if (body['task']) return [`task ${body['task']}`];
    const handoff = handoffs.find(({ id }) => id === key);
    const name = handoff ? called({ name: handoff.name, owner: handoff.askedOf }) : key;
    return [guarded && seq > guarded.seq ? `${name}, after a write` : name];
  });

  const approvedFor: Observed['approvedFor'] = {};
  for (const { body } of intents) approvedFor[body['operation']] ??= termsOf(record, handoffs, body['approval']);
  const waitingOn = (typeof rest === 'string' ? [] : rest).map(({ id, owner, ...wait }) => {
    const handoff = handoffs.find((one) => one.id === id);
    const whose = handoff?.askedOf ?? owner;
    return { ...wait, name: handoff?.name ?? id, ...(whose === undefined ? {} : { owner: whose }) };
  });

  return {
    rest: typeof rest === 'string' ? rest : `waiting for ${waitingOn.map(called).sort().join(', ')}`,
    asked,
    writes: ours.filter(({ key }) => !key.endsWith('/undo') && !keys.has(`${key}/undo`)),
    approved: intents[0] && approvedFor[intents[0].body['operation']],
    approvedFor,
    handoffs: handoffs.map(({ name, askedOf, packet, terms }) => ({ name, owner: askedOf, packet, terms })),
    rulings: linesOf(record, 'policy.ruled').map(rulingOf),
    waitingOn,
    outcome,
    result,
    record,
  };
}

/** What an approval was given on, by a rule or by people. */
function termsOf(record: Line[], handoffs: ShownHandoff[], approval: string): Record<string, unknown> | undefined {
  const [first] = approval.split(' + ');
  const ruling = linesOf(record, 'policy.ruled').find(({ key }) => key === first);
  const decided = handoffs.find(({ id }) => id === first)?.decision;
  return (ruling?.body['terms'] ?? decided?.terms) as Record<string, unknown> | undefined;
}

/** Of several lines ruled on together, the one that stands gives the outputs. */
function rulingOf({ actor, body }: ReadLine): SeenRuling {
  const { rule, verdict, terms, facts, rulings = [] } = body;
  const outputs = body['outputs'] ?? rulings.find((one: { rule: string }) => one.rule === rule)?.outputs ?? {};
  return { policy: actor.replace(/^policy:|@\d+$/g, ''), rule, verdict, outputs, terms, facts };
}

type ReadLine = Omit<Line, 'body'> & { body: Record<string, any> };

const linesOf = (record: Line[], type: string) => record.filter((line) => line.type === type) as ReadLine[];
