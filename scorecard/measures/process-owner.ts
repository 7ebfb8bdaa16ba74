import { besideItsCase } from '../../core/declare/tasks.ts';
import type { Measure } from './measure.ts';

const level = 'process-owner';
const closed = { from: 'cases', at: 'closed_at' } as const;
const ended = { from: 'handoffs', at: 'ended_at' } as const;

const quantiles = (name: string, column: string, what: string): Measure[] =>
  [50, 90, 95].map((p) => ({
    name: `${name}-p${p}`,
    level,
    unit: 'ms',
    definition: `Of the cases closed in the period, the ${p}th percentile (nearest rank) of ${what}.`,
    how: { ...closed, value: { quantile: p / 100, of: column } },
  }));

/** What is open in the facts. */
const open = `select case_id, process, extract(epoch from now() - opened_at) * 1000 as value from fact_cases where closed_at is null`;
const waiting = `select case_id, process, owner, sla_stage as stage, escalates_at, 1 as value from (
  select case_id, process, case when person is null then first_owner else 'a person' end as owner, sla_stage, escalates_at
  from handoffs where state = 'open' and name <> all ('{${besideItsCase.join(',')}}')) h`;

export const processOwner: readonly Measure[] = [
  {
    ...{ name: 'started', level, unit: 'cases', definition: 'Cases opened in the period.' },
    how: { from: 'cases', at: 'opened_at', value: 'count' },
  },
  {
    ...{ name: 'closed', level, unit: 'cases', definition: 'Cases closed in the period, with whatever outcome.' },
    how: { ...closed, value: 'count' },
  },
  {
    ...{ name: 'open', level, unit: 'cases', definition: 'Cases that are open now.' },
    how: { from: 'now', sql: open, value: 'count' },
  },
  ...[50, 95].map((p): Measure => ({
    ...{ name: `open-age-p${p}`, level, unit: 'ms' },
    definition: `Of the cases that are open now, the ${p}th percentile of the time since they were opened.`,
    how: { from: 'now', sql: open, value: { quantile: p / 100, of: 'value' } },
  })),
  ...quantiles('cycle-time', 'cycle_ms', 'the time from opened to closed'),
  ...quantiles(
    'touch-time',
    'touch_ms',
    'the part of it in which Baton worked, or somebody who had claimed what was asked (who did not claim it: the declared estimate)',
  ),
  ...quantiles(
    'wait-time',
    'wait_ms',
    'the part of it in which the case waited for somebody, or for an event, and nobody worked on it',
  ),
  ...[50, 95].map((p): Measure => ({
    ...{ name: `stage-time-p${p}`, level, unit: 'ms' },
    definition: `Of handoffs and waits for events that ended in the period, the ${p}th percentile of how long each took, by stage.`,
    how: { from: 'steps', kinds: ['handoff', 'event'], value: { quantile: p / 100 }, per: ['kind', 'step'] },
  })),
  {
    ...{ name: 'outcomes', level, unit: 'cases', definition: 'Cases closed in the period, by outcome.' },
    how: { ...closed, value: 'count', per: { process: 'process', outcome: 'outcome' } },
  },
  {
    ...{ name: 'straight-through', level, unit: 'share' },
    definition: 'Share of the cases closed in the period that concluded without any handoff or task.',
    how: { ...closed, value: { share: 'straight_through' } },
  },
  {
    ...{ name: 'exceptions', level, unit: 'cases' },
    definition:
      'Cases closed in the period that failed, or that people had to work on, by their one cause: data, model, policy, handoff, integration, ours.',
    how: { ...closed, where: 'cause is not null', value: 'count', per: { cause: 'cause' } },
  },
  ...(['at-risk', 'escalated', 'expired'] as const).map((stage): Measure => ({
    ...{ name: stage, level, unit: 'handoffs' },
    definition: `Handoffs and tasks that ended in the period whose last stage was ${stage}, by the queue first asked.`,
    how: { ...ended, where: `stage = '${stage}'`, value: 'count', per: { owner: 'owner' } },
  })),
  {
    ...{ name: 'waiting-now', level, unit: 'handoffs' },
    definition:
      'Handoffs and tasks that are open now, without those about a target and sampled reviews, by the queue first asked and the stage they are in.',
    how: { from: 'now', sql: waiting, value: 'count', per: { owner: 'owner', stage: 'stage' } },
  },
  {
    ...{ name: 'sla-kept', level, unit: 'share' },
    definition:
      'Share of the handoffs that ended in the period, by an answer or without, which were not escalated before.',
    how: {
      ...ended,
      where: `kind = 'handoff'`,
      value: { share: `stage in ('in-time', 'at-risk')` },
      per: { owner: 'owner' },
    },
  },
  {
    ...{ name: 'rework', level, unit: 'share' },
    definition: 'Share of the cases closed in the period in which a handoff was sent back at least once.',
    how: { ...closed, value: { share: 'rework > 0' } },
  },
  {
    ...{ name: 'due-in-24-hours', level, unit: 'handoffs' },
    definition:
      'Open handoffs and tasks, without those about a target and sampled reviews, that are escalated within 24 hours from now, or were due before, by the queue first asked.',
    how: {
      from: 'now',
      sql: `${waiting} where escalates_at <= now() + interval '24 hours'`,
      value: 'count',
      per: { owner: 'owner' },
    },
  },
  {
    ...{ name: 'due-in-a-week', level, unit: 'handoffs' },
    definition: 'The same within seven days.',
    how: {
      from: 'now',
      sql: `${waiting} where escalates_at <= now() + interval '7 days'`,
      value: 'count',
      per: { owner: 'owner' },
    },
  },
  {
    ...{ name: 'decided-by', level, unit: 'handoffs' },
    definition:
      'Answers to handoffs and tasks in the period, by the queue in whose name they were given and by person, each of several approvals for itself: shown only to the lead of that queue.',
    how: { ...ended, where: 'person is not null', value: 'count', per: { owner: 'role', person: 'person' } },
  },
];
