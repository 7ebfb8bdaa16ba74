import type { Refusal } from '../activities/failures.ts';

export const causes = ['data', 'model', 'policy', 'handoff', 'integration', 'ours'] as const;
export type Cause = (typeof causes)[number];

/** Why a case failed, by what the step refused with that ended it. */
const ofRefusal: Record<Refusal, Cause> = {
  'data-contract-breach': 'data',
  'request-invalid': 'data',
  'model-unavailable': 'model',
  'model-unusable': 'model',
  'amendment-not-ruled': 'policy',
  'approval-invalid': 'policy',
  'approval-used': 'policy',
  'person-needed': 'policy',
  'rounds-exceeded': 'policy',
  'packet-invalid': 'ours',
  'writes-closed': 'ours',
  'action-refused': 'integration',
  'outcome-unknown': 'integration',
  'output-invalid': 'integration',
  'system-unavailable': 'integration',
  'cancel-requested': 'handoff',
  'case-exists': 'ours',
  'facts-contradict-terms': 'ours',
  'facts-invalid': 'ours',
  'history-limit': 'ours',
  'input-invalid': 'ours',
  'key-reused': 'ours',
  'not-its-case': 'ours',
  'terms-invalid': 'ours',
  'too-large': 'ours',
  'workflow-id-invalid': 'ours',
};

/** What is seen in a case's record that kept it from going straight through. */
export interface Signs {
  /** What ended the case, where it failed. */
  refusal: string | undefined;
  /** Its workflow ended elsewhere, or its code did not go on. */
  terminated: boolean;
  ourTask: boolean;
  repaired: boolean;
  writeInDoubt: boolean;
  expired: boolean;
  modelUnsure: boolean;
  asked: boolean;
  failed: boolean;
}

interface Row {
  cause: Cause;
  when: string;
  holds: (signs: Signs) => boolean;
}

/** The first row that holds gives the one cause. */
export const attribution: readonly Row[] = [
  { cause: 'ours', when: 'its workflow ended elsewhere', holds: ({ terminated }) => terminated },
  {
    cause: 'ours',
    when: 'a task was opened because a key was reused, a case went on for too long, or a reconciliation found a difference',
    holds: ({ ourTask }) => ourTask,
  },
  { cause: 'data', when: 'a source broke its contract', holds: ({ repaired }) => repaired },
  {
    cause: 'integration',
    when: 'a write was refused, its outcome was unknown, or it could not be taken back',
    holds: ({ writeInDoubt }) => writeInDoubt,
  },
  { cause: 'handoff', when: 'somebody was asked and did not answer in time', holds: ({ expired }) => expired },
  {
    cause: 'model',
    when: 'somebody was asked after a model that was not sure, or gave no usable answer',
    holds: ({ modelUnsure, asked }) => modelUnsure && asked,
  },
  { cause: 'policy', when: 'somebody was asked, because the rules said so', holds: ({ asked }) => asked },
  { cause: 'ours', when: 'it failed and nothing above says why', holds: ({ failed }) => failed },
];

/** Exactly one cause of a case that failed or that people had to work on; null of any other. */
export function causeOf(signs: Signs): Cause | null {
  const { refusal, failed } = signs;
  if (failed && refusal !== undefined && Object.hasOwn(ofRefusal, refusal)) return ofRefusal[refusal as Refusal];
  return attribution.find(({ holds }) => holds(signs))?.cause ?? null;
}

/** By cause, the refusals that give it, for the documents. */
export const refusalsByCause = (): Record<Cause, string[]> => {
  const of = (cause: Cause) => Object.keys(ofRefusal).filter((refusal) => ofRefusal[refusal as Refusal] === cause);
  return Object.fromEntries(causes.map((cause) => [cause, of(cause)])) as Record<Cause, string[]>;
};
