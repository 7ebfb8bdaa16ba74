import type { StepKind } from '../step.ts';

/** A case that is exported, with what is over of it. Instants in milliseconds. */
export interface MinedCase {
  caseId: string;
  process: string;
  version: string;
  outcome: string | null;
  cause: string | null;
  openedAt: number;
  closedAt: number | null;
  steps: MinedStep[];
}

export interface MinedStep {
  /** Of the step's key, which may hold what the request said. */
  hash: string;
  kind: StepKind;
  name: string;
  system: string | null;
  owner: string | null;
  beganAt: number;
  endedAt: number;
  tries: number;
  outcome: string | null;
  error: string | null;
  stage: string | null;
}

/** An attribute as both formats know it. */
export interface Attribute {
  name: string;
  type: 'string' | 'integer' | 'time';
  value: string;
}

/** Something that happened in a case, when it was over. */
export interface CaseEvent {
  id: string;
  activity: string;
  at: number;
  resource: string;
  attributes: Attribute[];
  step?: MinedStep;
}

/** What every event may have, besides its resource. */
export const eventAttributes: readonly Omit<Attribute, 'value'>[] = [
  ...(['kind', 'step', 'outcome', 'error', 'stage'] as const).map((name) => ({
    name,
    type: 'string' as const,
  })),
  { name: 'tries', type: 'integer' },
  { name: 'start_timestamp', type: 'time' }, // pm4py's name for it
];

export const attributesOf = (
  among: readonly Omit<Attribute, 'value'>[],
  values: Readonly<Record<string, string | number | null | undefined>>,
): Attribute[] =>
  among.flatMap((one) => {
    const value = values[one.name];
    return value === null || value === undefined ? [] : [{ ...one, value: String(value) }];
  });

export const isoOf = (at: number): string => new Date(at).toISOString();

/** No case has such an id: a key holds no `/`, but it may hold `#`. */
const idIn = (caseId: string, what: string): string => `${caseId}/${what}`;

/** Where nobody else did it. */
const baton = 'baton';

/** The events of a case, in the order in which they were over. */
export function eventsOf({ caseId, outcome, openedAt, closedAt, steps }: MinedCase): CaseEvent[] {
  const own = (activity: string, at: number, more: object = {}): CaseEvent => {
    const attributes = attributesOf(eventAttributes, {
      ...{ kind: 'case', start_timestamp: isoOf(at), ...more },
    });
    return { id: idIn(caseId, activity.replace(' ', '-')), activity, at, resource: baton, attributes };
  };
  const [before, after] = [steps.filter(isWithin(closedAt)), steps.filter((one) => !isWithin(closedAt)(one))];
  return [
    own('case opened', openedAt),
    ...before.toSorted(byEnd).map((one) => eventOf(caseId, one)),
    ...(closedAt === null ? [] : [own('case closed', closedAt, { outcome })]),
    ...after.toSorted(byEnd).map((one) => eventOf(caseId, one)),
  ];
}

/** What ended with its case stands before its end. */
const isWithin =
  (closedAt: number | null) =>
  ({ endedAt }: MinedStep): boolean =>
    closedAt === null || endedAt <= closedAt;
const byEnd = (a: MinedStep, b: MinedStep): number =>
  a.endedAt - b.endedAt || a.beganAt - b.beganAt || (a.hash < b.hash ? -1 : 1);

/** As the scorecard names a step: its kind and its declared name. */
const activityOf = ({ kind, name }: MinedStep): string => (kind === name ? kind : `${kind} ${name}`);

export const isOfPeople = ({ kind }: MinedStep): boolean => ['handoff', 'approval', 'task'].includes(kind);

function eventOf(caseId: string, step: MinedStep): CaseEvent {
  const { kind, name, outcome, error, stage, tries, beganAt } = step;
  const resource = (isOfPeople(step) ? step.owner : step.system) ?? baton;
  return {
    ...{ id: idIn(caseId, step.hash), activity: activityOf(step), at: step.endedAt, resource, step },
    attributes: attributesOf(eventAttributes, {
      ...{ kind, step: name, outcome, error, stage, tries, start_timestamp: isoOf(beganAt) },
    }),
  };
}
