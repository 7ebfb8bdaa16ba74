import { z } from 'zod';
import { policy } from '../../core/declare/define.ts';
import { Cents } from '../../core/declare/values.ts';
import assignment from './tables/assignment.json' with { type: 'json' };
import countries from './tables/countries.json' with { type: 'json' };
import entry from './tables/entry.json' with { type: 'json' };
import firstTouch from './tables/first-touch.json' with { type: 'json' };
import mailDomain from './tables/mail-domain.json' with { type: 'json' };
import outreach from './tables/outreach.json' with { type: 'json' };
import reminding from './tables/reminding.json' with { type: 'json' };
import routing from './tables/routing.json' with { type: 'json' };
import signals from './tables/signals.json' with { type: 'json' };
import territoryTeams from './tables/territory-teams.json' with { type: 'json' };

const decisions = ['route', 'merge', 'queue', 'nurture', 'suppress', 'discard', 'reject', 'hold'] as const;
export const Decision = z.enum(decisions);

/** Adds up, so that what a row does not speak of is none. */
const sign = z.int().default(0);

export const policies = {
  countries: policy({
    on: 'lead',
    verdicts: ['known', 'unknown', 'sanctioned'],
    facts: z.strictObject({ country: z.string() }),
    outputs: z.strictObject({ code: z.string(), territory: z.string() }),
    table: countries,
  }),
  territoryTeams: policy({
    on: 'lead',
    verdicts: ['staffed', 'unstaffed'],
    facts: z.strictObject({ territory: z.string() }),
    outputs: z.strictObject({ team: z.array(z.string()), enterpriseTeam: z.string() }),
    table: territoryTeams,
  }),
  mailDomain: policy({
    on: 'lead',
    verdicts: ['free', 'company', 'competitor'],
    facts: z.strictObject({ domain: z.string() }),
    table: mailDomain,
  }),
  signals: policy({
    on: 'lead',
    verdicts: ['noted'],
    facts: z.strictObject({
      message: z.string(),
      form: z.string(),
      honeypotFilled: z.boolean(),
      links: z.int(),
      employees: z.int(),
      budget: Cents,
    }),
    outputs: z.strictObject({ buying: sign, spam: sign, job: sign, support: sign, enterprise: sign }),
    table: signals,
  }),
  routing: policy({
    on: 'lead',
    verdicts: Decision.options,
    facts: z.strictObject({
      reachable: z.boolean(),
      spam: z.boolean(),
      optedOut: z.boolean(),
      sanctioned: z.boolean(),
      cleared: z.boolean(),
      mailDomain: z.enum(['free', 'company', 'competitor']),
      job: z.boolean(),
      support: z.boolean(),
      tier: z.int(),
      customer: z.boolean(),
      knownContact: z.boolean(),
      registered: z.boolean(),
      knownAccount: z.boolean(),
      enterprise: z.boolean(),
      companyNamed: z.boolean(),
      territory: z.string(),
    }),
    outputs: z.strictObject({
      /** Who is asked first; where it is a desk, which. */
      first: z
        .enum(['desk', 'contact-owner', 'account-owner', 'enterprise-team', 'territory-team', 'queue'])
        .default('queue'),
      owner: z.string().default(''),
      /** Who has it when nobody else does. */
      queue: z.string().default(''),
      /** What a lead that consents is enrolled in. */
      sequence: z.string().default(''),
      ends: z.enum(['touched', 'merged', 'handed-to-partner']).default('touched'),
    }),
    table: routing,
  }),
  entry: policy({
    on: 'entry',
    verdicts: ['allow', 'withhold'],
    facts: z.strictObject({ decision: Decision, knownContact: z.boolean() }),
    table: entry,
  }),
  assignment: policy({
    on: 'assignment',
    verdicts: ['allow', 'pass-over'],
    facts: z.strictObject({
      stays: z.boolean(),
      lastResort: z.boolean(),
      hadTheirTime: z.boolean(),
      turns: z.int(),
      absent: z.boolean(),
      room: z.int(),
    }),
    table: assignment,
  }),
  firstTouch: policy({
    on: 'lead',
    verdicts: ['urgent', 'queued', 'standard'],
    facts: z.strictObject({ queued: z.boolean(), tier: z.int() }),
    outputs: z.strictObject({ minutes: z.int(), remindMinutesBefore: z.int() }),
    table: firstTouch,
  }),
  reminding: policy({
    on: 'reminder',
    verdicts: ['allow', 'wait'],
    facts: z.strictObject({ minutesLeft: z.int() }),
    table: reminding,
  }),
  outreach: policy({
    on: 'outreach',
    verdicts: ['allow', 'withhold'],
    facts: z.strictObject({
      consent: z.boolean(),
      optedOut: z.boolean(),
      reachableByMail: z.boolean(),
      sequence: z.string(),
    }),
    table: outreach,
  }),
};
