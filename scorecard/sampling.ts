import { createHash } from 'node:crypto';
import { z } from 'zod';
import declared from './sampling.json' with { type: 'json' };

const Share = z.number().min(0).max(1);
const Sampling = z.strictObject({
  /** Another one draws other cases. */
  seed: z.string().min(1),
  processes: z.record(
    z.string(),
    z.strictObject({
      /** Of the cases that went straight through. */
      share: Share,
      /** Who reviews them. */
      queue: z.string(),
      /** Where the share of an outcome is another. */
      outcomes: z.record(z.string(), Share).default({}),
    }),
  ),
});

/** Which share of the cases that went straight through somebody looks at afterwards. */
export type Sampling = z.output<typeof Sampling>;
export const sampling: Sampling = Sampling.parse(declared);

/** A number from 0 to below 1 that a case always draws under a seed. */
export const draw = (seed: string, caseId: string): number =>
  createHash('sha256').update(`${seed}/${caseId}`).digest().readUIntBE(0, 6) / 2 ** 48;

/** The queue that reviews a case; undefined where it was not drawn. */
export function reviewerOf(
  { seed, processes }: Sampling,
  { caseId, process, outcome }: { caseId: string; process: string; outcome: string },
): string | undefined {
  if (!Object.hasOwn(processes, process)) return undefined;
  const { share, queue, outcomes } = processes[process]!;
  const wanted = Object.hasOwn(outcomes, outcome) ? outcomes[outcome]! : share;
  return draw(seed, caseId) < wanted ? queue : undefined;
}
