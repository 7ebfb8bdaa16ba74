import { Context } from '@temporalio/activity';
import type { Activities, Ahead, Opened } from '../core/activities.ts';
import type { Conclusion } from '../core/steps.ts';
import { checking, counting, verb } from '../core/verbs.ts';
import { asFarAsItGoes } from './as-far-as-it-goes.ts';
import { bytesOf } from './size.ts';

/** A process's story, as `process` takes it. */
export type Story = (request: never, steps: never, itself: never) => Promise<Conclusion>;

type Verbs = Pick<Activities, 'assembleContext' | 'runInference' | 'checkPolicy' | 'performAction' | 'closeCase'>;

const mostBytes = 128 * 1024;

/**
 * Tells a story ahead of the workflow, as far as it goes by itself: reads, quick models, rules and writes, each stored under
 * its key as ever. It is left where somebody or something is waited for, and where a step is slow or fails; the workflow
 * tells the same story, finds what was done, and goes on from there.
 */
export async function goAhead(
  verbs: Verbs,
  story: Story,
  caseId: string,
  process: string,
  opened: Opened,
): Promise<Ahead> {
  const { requestedBy = '', slow = [], quick = [], openedAt = '', aheadMs = 0 } = opened;
  const fresh = opened.fresh ? { fresh: opened.fresh } : {};
  const signal = Context.current().cancellationSignal;
  const going = asFarAsItGoes({ beginWithinMs: 2_000, bytes: mostBytes, signal });
  const { take, stop } = going;
  const stepOf = counting(caseId, process);
  const writing = new Set<string>();
  const clock: string[] = [];
  let closed: Ahead['closed'];

  const steps = {
    async assemble(wanted: Record<string, unknown>) {
      const step = { ...stepOf('assemble'), ...fresh, wanted, round: 1 };
      if (Object.keys(wanted).some((name) => slow.includes(name))) return stop();
      const read = await take(
        step.key,
        () => verbs.assembleContext(step),
        (answer) => 'context' in answer,
      );
      return 'context' in read && read.context;
    },
    infer: verb((name, given) => {
      const step = { ...stepOf(name), ...fresh, given };
      return quick.includes(name) ? take(step.key, () => verbs.runInference(step)) : stop();
    }),
    check: checking((name, lines, terms) => {
      const step = { ...stepOf(name), lines, terms };
      return take(step.key, () => verbs.checkPolicy(step));
    }),
    act: verb((name, input, approval, which = {}) => {
      const { of } = which as { of?: string };
      const { reference } = approval as { reference: string };
      const step = { ...stepOf(name, of), ...(of === undefined ? {} : { of }), input, approval: reference };
      const series = `${name}:${of}`;
      if (slow.includes(name) || writing.has(series)) return stop(); // two of one name at once are the workflow's to refuse
      writing.add(series);
      return take(step.key, () => verbs.performAction(step).finally(() => writing.delete(series)));
    }),
    handOff: verb(stop),
    receive: verb(stop),
    takeBack: verb(stop),
    compensate: stop,
    conclude: verb((outcome, result, impact): Conclusion => ({ outcome, result, impact })),
  };

  const now = () => {
    const instant = new Date(Math.max(Date.parse(openedAt), Date.now() + aheadMs)).toISOString();
    clock.push(instant);
    return instant;
  };
  const itself = { caseId, requestedBy, openedAt, now, today: () => now().slice(0, 10) };

  async function tell(): Promise<void> {
    const conclusion = await story(opened.request as never, steps as never, itself as never);
    if (!going.goesOn()) return stop();
    const ending = await verbs.closeCase({ caseId, process, ...conclusion });
    if (bytesOf(ending) <= mostBytes) closed = ending;
  }
  // What goes wrong here goes wrong again in the workflow, which knows what to do about it.
  await Promise.race([tell().catch(stop), going.ended]);
  return { ...going.done, clock, ...(closed ? { closed } : {}) };
}
