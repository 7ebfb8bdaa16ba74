import people from '../../api/development-people.json' with { type: 'json' };
import { problems } from '../../api/problems.ts';
import { Case, Handoff, Question } from '../../api/routes/views.ts';
import type { BreachKind } from '../../activities/assemble-context.ts';
import { refusals } from '../../activities/failures.ts';
import { autonomyLevels, supervision } from '../../core/declare/autonomy.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { findings, taskKinds } from '../../core/declare/tasks.ts';
import { moments } from '../../outbound/moments.ts';
import { causes } from '../../scorecard/attribution.ts';
import { measures } from '../../scorecard/measures/index.ts';
import { labelsOf, levels } from '../../scorecard/measures/measure.ts';
import type { StepKind } from '../../scorecard/step.ts';
import { takenBack } from '../../store/cases.ts';
import type { Scope } from '../../store/switches.ts';
import { systems } from '../../systems/index.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import type { SystemDeclaration } from '../../systems/system.ts';
import { page } from '../docs/pages.ts';

const each = <T, N extends string>(of: readonly T[], names: (one: T) => Iterable<N>): N[] => [
  ...new Set(of.flatMap((one) => [...names(one)])),
];

/** Kinds that are only types: the compiler says when one is missing here. */
const breaches: Record<BreachKind, true> = { refused: true, future: true, stale: true, shape: true, unavailable: true };
const scopes: Record<Scope, true> = { all: true, process: true, system: true, model: true };
const steps: Record<StepKind, true> = {
  ...{ read: true, inference: true, ruling: true, handoff: true, approval: true },
  ...{ task: true, event: true, action: true, compensation: true },
};

const rolesIn = (one: ProcessDefinition): string[] => [
  ...queuesOf(one),
  ...(one.requestedBy ?? []),
  ...(one.schedule ? [one.schedule.owner] : []),
  ...Object.values(one.handoffs).flatMap(({ asks }) => asks?.to ?? []),
];

/** The types of the lines of the record, as its document names them. */
const linesOfTheRecord = (): string[] => {
  const rows = page('docs/record.md').matchAll(/^\| (`[a-z]+\.[a-z-]+`.*?) \|/gm);
  return each([...rows], ([, cell = '']) => [...cell.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map(([, type = '']) => type));
};

/** What has a name and belongs to no process, by the sections of the shared words. */
export function declaredForAll(definitions: readonly ProcessDefinition[]): Record<string, readonly string[]> {
  const declared = Object.entries<SystemDeclaration>(systems);
  const roles = [...definitions.flatMap(rolesIn), ...people.flatMap((one) => one.roles)];
  return {
    queues: [...new Set(roles)],
    systems: Object.keys(systems),
    operations: declared.flatMap(([name, { reads, writes }]) => [...reads, ...writes].map((one) => `${name}.${one}`)),
    verdicts: each(
      [...definitions.flatMap(({ policies }) => Object.values(policies)), deciding],
      (one) => one.verdicts,
    ),
    stages: each([Case.shape.stage, Handoff.shape.slaStage], ({ options }) => options),
    states: each([Case.shape.status, Handoff.shape.state, Question.shape.state], ({ options }): string[] => options),
    outcomes: takenBack,
    rollbacks: Case.shape.rollback.unwrap().options,
    waitingFor: Case.shape.waitingOn.element.shape.for.options,
    causes,
    kinds: Handoff.shape.kind.options,
    handoffs: [supervision, 'repair'],
    tasks: Object.keys(taskKinds),
    findings,
    lines: linesOfTheRecord(),
    measures: measures.map(({ name }) => name),
    units: each(measures, ({ unit }) => [unit]),
    levels,
    labels: each(measures, labelsOf),
    steps: Object.keys(steps),
    autonomy: autonomyLevels,
    breaches: Object.keys(breaches),
    scopes: Object.keys(scopes),
    moments,
    errors: Object.keys(problems),
    refusals,
  };
}

const deciding = { verdicts: Handoff.shape.decision.unwrap().shape.verdict.options };
