import type { LimitedBy } from '../../core/declare/authority.ts';
import type { Handoff, ProcessDefinition } from '../../core/declare/definition.ts';
import { printFlow } from './flow.ts';
import { fieldList, fieldNames } from './schema-words.ts';
import { code, codes, table } from './table.ts';

/** What every process declares, as people read it. */
export const printProcesses = (definitions: readonly ProcessDefinition[]): string =>
  definitions.map(printProcess).join('\n\n');

function printProcess(definition: ProcessDefinition): string {
  const { name, owner, key, startsOn, documents = [], requestedBy = [], saidBySystems = [], about = [] } = definition;
  const id = `${name}/${key.map((field) => `<${field}>`).join(':')}`;
  const parts = Object.entries(sections)
    .map(([heading, print]) => [heading, print(definition)])
    .filter(([, text]) => text !== '');
  return [
    `## ${name}`,
    [
      `Owned by ${code(owner)}. One case per ${codes(key)}, for ever: its id is ${code(id)}.`,
      ...(startsOn === undefined ? [] : [`The event ${code(`${name}.${startsOn}`)} starts one.`]),
      ...(documents.length > 0 ? [`Documents that start one: ${codes(documents)}.`] : []),
      ...(requestedBy.length > 0 ? [`Asked for by ${codes(requestedBy)}, or by a system.`] : []),
      ...(saidBySystems.length > 0 ? [`Only another system says ${codes(saidBySystems)}.`] : []),
      ...(about.length > 0 ? [`Whom ${codes(about)} names decides nothing in it.`] : []),
    ].join(' '),
    printFlow(definition),
    ...parts.flatMap(([heading, text]) => [`### ${heading}`, text]),
  ].join('\n\n');
}

const sections: Record<string, (definition: ProcessDefinition) => string> = {
  Request: ({ request }) => fieldList(request),

  Schedule: ({ schedule }) =>
    schedule
      ? `Daily at ${schedule.dailyAt}, UTC: ${code(schedule.finds)} is asked for what falls due within ${schedule.daysAhead} days. Each ${fieldNames(schedule.gives)} is a case, once. ${code(schedule.owner)} answers for it.`
      : '',

  Outcomes: ({ outcomes }) => rows(['outcome', 'with'], outcomes, (name, result) => [name, fieldNames(result)]),

  Impact: ({ impact }) => (impact ? fieldList(impact) : ''),

  Terms: ({ terms }) => rows(['terms', 'fields'], terms, (name, fields) => [name, fieldNames(fields)]),

  Context: ({ context }) =>
    rows(['source', 'reads', 'by', 'gives', 'at most', 'owner'], context, (name, source) => [
      name,
      code(source.reads),
      fieldNames(source.by),
      fieldNames(source.gives),
      source.maxAge,
      code(source.owner),
    ]),

  Inferences: ({ inferences }) =>
    rows(['inference', 'is given', 'returns', 'sure from', 'tried for'], inferences, (name, inference) => [
      name,
      fieldNames(inference.given) + withholding(inference.withholds),
      fieldNames(inference.returns) + quoting(inference.quotesFrom),
      String(inference.confidenceThreshold),
      inference.retryFor,
    ]),

  Policies: ({ policies }) =>
    rows(['policy', 'on', 'verdicts', 'facts', 'gives beside'], policies, (name, policy) => [
      name,
      code(policy.on),
      codes(policy.verdicts),
      fieldNames(policy.facts),
      policy.outputs ? fieldNames(policy.outputs) : 'nothing',
    ]),

  Handoffs: ({ handoffs }) =>
    rows(
      [
        'handoff',
        'on',
        'owner',
        'answers within',
        'escalates to',
        'expires after',
        'is shown',
        'may amend',
        'goes back',
        'limits, reasons',
      ],
      handoffs,
      (name, handoff) => [
        name,
        handoff.on === undefined ? 'nothing: the case changes hands' : code(handoff.on),
        whose(handoff),
        handoff.answerWithin + standingStill(handoff),
        code(handoff.escalateTo),
        handoff.expiresAfter + ruling(handoff),
        fieldNames(handoff.requires),
        codes(handoff.mayAmend ?? []) || 'nothing',
        goesBack(handoff),
        authority(handoff),
      ],
    ),

  Actions: ({ actions }) =>
    rows(['action', 'on', 'does', 'with', 'compensated by'], actions, (name, action) => [
      name,
      action.each ? `each line of ${code(`${action.on}.${action.each}`)}` : code(action.on),
      code(action.does),
      fieldNames(action.input) + unapproved(action.alsoTakes),
      action.compensatedBy === undefined ? `nothing: ${action.irreversible}` : code(action.compensatedBy),
    ]),

  Events: ({ events }) =>
    rows(['event', 'by', 'gives', 'waited for', 'ask'], events, (name, event) => [
      name,
      fieldNames(event.by),
      fieldNames(event.gives),
      event.within,
      event.owner === undefined ? 'nobody' : code(event.owner),
    ]),
};

function goesBack({ rework }: Handoff): string {
  if (!rework) return '';
  const { atMost, then } = rework;
  const to = rework.to === undefined ? '' : ` to ${code(rework.to)}, who have ${rework.within}`;
  return `${atMost} times${to}; then it is ${then}`;
}

/** What else holds of an answer: how many must approve, up to which amount, and which answers need a reason. */
function authority({ approvals = 1, limitedBy, reasonFor = [] }: Handoff): string {
  const several = approvals > 1 ? [`${approvals} people approve`] : [];
  const limited = limitedBy ? [`limits of authority: ${amountIn(limitedBy)}`] : [];
  const reasons = reasonFor.length > 0 ? [`a reason for ${reasonFor.join(', ')}`] : [];
  return [...several, ...limited, ...reasons].join('; ');
}

function amountIn({ each, amount, currency }: LimitedBy): string {
  const unit = typeof currency === 'string' ? code(currency) : currency.is;
  return `${code(amount)} in ${unit}${each ? ` of ${codes(each)}` : ''}`;
}

function whose({ owner, notBy = [] }: Handoff): string {
  const others = notBy.length > 0 ? `; nobody who approved ${codes(notBy)}` : '';
  if (typeof owner === 'string') return code(owner) + others;
  if (owner.by === 'ruling') return `by ruling: ${codes(owner.among)}${others}`;
  if (owner.by === 'request') return `the queue in ${code(`request.${owner.field}`)}${others}`;
  return `the person in ${code(`${owner.source}.${owner.field}`)}${others}`;
}

const standingStill = ({ pausesWhile = [] }: Handoff) =>
  pausesWhile.length > 0 ? `; the clock stands still while ${codes(pausesWhile)}` : '';

const ruling = ({ afterEscalation }: Handoff) =>
  afterEscalation ? '; once it is escalated, by the calendar of that queue' : '';

const withholding = (fields: readonly string[] = []) => (fields.length > 0 ? `; never ${codes(fields)}` : '');

const quoting = (fields: readonly string[] = []) => (fields.length > 0 ? `; quotes stand in ${codes(fields)}` : '');

const unapproved = (fields: readonly string[] = []) =>
  fields.length > 0 ? `; not among the terms: ${codes(fields)}` : '';

function rows<T>(head: string[], declared: Record<string, T>, cells: (name: string, one: T) => string[]): string {
  const entries = Object.entries(declared);
  const lines = entries.map(([name, one]) => {
    const [first, ...rest] = cells(name, one);
    return [`**${first}**`, ...rest];
  });
  return entries.length > 0 ? table(head, lines) : '';
}
