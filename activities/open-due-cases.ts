import { log } from '@temporalio/activity';
import { z } from 'zod';
import type { Activities } from '../core/run/activities.ts';
import { caseIdOf } from '../core/declare/case-id.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { digest } from '../store/digest.ts';
import { accept } from '../store/inbox.ts';
import { SystemRefused, SystemUnavailable } from '../systems/errors.ts';
import { callOptions } from './attempt.ts';
import { definitionOf, type Dependencies } from './dependencies.ts';
import { problems, refuse, triedFor } from './failures.ts';

const Page = z.object({ due: z.array(z.unknown()), next: z.string().min(1).nullable() });

const dayMs = 86_400_000;

/** A find that was taken before is taken again without effect: its case's key is in the inbox, or is a case. */
export const openDueCases =
  (deps: Dependencies): Activities['openDueCases'] =>
  async ({ process, today, after }) => {
    const definition = definitionOf(deps, process);
    const { due, next } = await pageOf(deps, definition, today, after);
    const page = { opened: 0, known: 0, unusable: 0, next };
    for (const found of due) {
      const request = requestOf(definition, found);
      if ('problem' in request) {
        log.warn(`${process}: a find is no request: ${request.problem}`);
        page.unusable += 1;
      } else page[(await open(deps, definition, request)) ? 'opened' : 'known'] += 1;
    }
    return page;
  };

async function pageOf(
  { systems, timing }: Dependencies,
  { name, schedule }: ProcessDefinition,
  today: string,
  after: string | null,
): Promise<z.output<typeof Page>> {
  if (!schedule) throw refuse('input-invalid', `${name} declares no schedule`);
  const { finds, daysAhead, owner, pageSize: limit } = schedule;
  const to = new Date(Date.parse(today) + daysAhead * dayMs).toISOString().slice(0, 10);
  const breach = (what: string) => refuse('data-contract-breach', `${finds}, for ${owner}: ${what}`);
  try {
    const { data } = await systems.read(finds, { from: today, to, after, limit }, callOptions(timing));
    const page = Page.safeParse(data);
    if (!page.success) throw breach(problems(page.error));
    if (page.data.next !== null && page.data.next === after) throw breach('a page is followed by itself');
    return page.data;
  } catch (error) {
    if (error instanceof SystemRefused) throw breach(error.code);
    if (error instanceof SystemUnavailable && triedFor() > timing.retryReadsForMs)
      throw breach('it has been away for too long');
    throw error;
  }
}

function requestOf({ schedule, request }: ProcessDefinition, found: unknown) {
  const read = schedule!.gives.safeParse(found);
  const parsed = read.success ? request.safeParse(read.data) : read;
  return parsed.success ? { request: parsed.data } : { problem: problems(parsed.error) };
}

/** Stores the request for the relay to deliver; answers whether it is a new case. */
async function open(
  { pool }: Dependencies,
  definition: ProcessDefinition,
  { request }: { request: Record<string, unknown> },
): Promise<boolean> {
  const { name: process } = definition;
  const caseId = caseIdOf(definition, request);
  const entry = { process, caseId, request, requestDigest: digest(request), requester: `schedule:${process}` };
  const { first } = await accept(pool, { ...entry, idempotencyKey: `schedule/${caseId}`, asOf: null });
  return first;
}
