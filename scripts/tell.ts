import type { Line } from '../store/record.ts';

type Body = Record<string, any>;

/** A line of a case's record as one would tell it; nothing where the line before says it already. */
export function told({ type, key, actor, body }: Pick<Line, 'type' | 'key' | 'actor' | 'body'>): string | undefined {
  const words = lines[type];
  if (!words) return `${type} ${nameIn(key)}`;
  return words((body ?? {}) as Body, nameIn(key), actor);
}

const lines: Record<string, (body: Body, name: string, actor: string) => string | undefined> = {
  'case.opened': (_body, _name, actor) => `${actor} asks`,
  'context.assembled': ({ read = [] }) => `reads ${read.map(({ reads }: Body) => reads).join(', ')}`,
  'inference.answered': ({ answer, confidence }, name, actor) =>
    `${name}: ${sentence(answer)} (${actor}, sure to ${confidence})`,
  'inference.fell-back': ({ because }, name) => `${name}: no usable answer of the model, ${because}`,
  'inference.unusable': ({ reason, said }, name) =>
    `${name}: an unusable answer of the model, ${reason}${listed({ said }, ': ')}`,
  'inference.unavailable': ({ reason, said }, name) => `${name}: the model is away, ${reason}${listed({ said }, ': ')}`,
  'policy.ruled': ({ rule, verdict, outputs }, _name, actor) =>
    `${actor.replace(/^policy:|@\d+$/g, '')}: ${verdict}, by the rule ${rule}${listed(outputs, ': ')}`,
  'handoff.opened': ({ task, owner, packet, terms }, name) =>
    task ? `leaves ${name} to ${owner} (${task}): ${packet.because}` : `asks ${owner}: ${name}${listed(terms, ', ')}`,
  'handoff.at-risk': (_body, name) => `${name}: the time to answer is nearly over`,
  'handoff.escalated': ({ from, to }, name) => `${name}: goes from ${from} to ${to}`,
  'handoff.expired': (_body, name) => `${name}: all the time is over`,
  'handoff.approval-given': ({ for: other, given, needed, lapsed }, name, actor) =>
    `${whoFor(actor, other)} approves ${name}, ${given} of ${needed}${lapsed.length > 0 ? ', on changed terms' : ''}`,
  'handoff.reassigned': ({ to, because }, name, actor) => `${actor} gives ${name} to ${to}: ${because}`,
  'handoff.decided': ({ verdict, because, edits, for: other }, name, actor) =>
    verdict === 'expired'
      ? undefined
      : `${whoFor(actor, other)} says ${verdict} to ${name}${edits ? ', with changes' : ''}${because ? `: ${because}` : ''}`,
  'handoff.completed': ({ found, because }, name, actor) => `${actor} finds of ${name}: ${found}, ${because}`,
  'handoff.withdrawn': ({ because }, name) => `${name}: no longer asked, ${because}`,
  'action.intended': ({ operation, input }) => `writes ${operation}${listed(input, ': ')}`,
  // What was intended is told; whether it came to be is said only where it did not.
  'action.done': () => undefined,
  'action.held': ({ stop }, name) => `${name} waits: the switch ${stop} holds it`,
  'inference.held': ({ stop }, name) => `${name} waits: the switch ${stop} holds it`,
  'action.refused': ({ because }, name) => `${name} is refused: ${because}`,
  'action.unknown': ({ because }, name) => `${name}: nobody can tell what became of it, ${because}`,
  'action.compensating': () => undefined,
  'action.compensated': (_body, name) => `compensates ${name}`,
  'action.kept': ({ because }, name) => `${name} stays: ${because}`,
  'action.stuck': ({ because }, name) => `${name} cannot be compensated: ${because}`,
  'compensation.started': ({ because }) => `compensates what was written: ${because}`,
  'event.received': ({ name, data }) => `hears ${name}${listed(data, ': ')}`,
  'event.missing': ({ name }) => `hears no ${name} in time`,
  'case.closed': ({ outcome, result, impact }) => `ends as ${outcome}${listed(result, ': ')}${listed(impact, '; ')}`,
};

const whoFor = (actor: string, other?: string): string => (other === undefined ? actor : `${actor} for ${other}`);

/** `refund/sample-6/review-1` is about `review`; `postCreditNote:payout-1-1` about one line of it. */
const nameIn = (key: string): string => (key.split('/')[2] ?? key).replace(/-\d+$/, '');

/** The first text of an answer that is a sentence. */
const sentence = (answer: unknown): string =>
  short(Object.values(answer ?? {}).find((value) => typeof value === 'string' && value.includes(' ')) ?? plain(answer));

/** Field by field; of a list of things only how many there are. */
function listed(given: unknown, before: string): string {
  const fields = Object.entries((given ?? {}) as Body).filter(([, value]) => plain(value) !== '');
  if (fields.length === 0) return '';
  return before + short(fields.map(([name, value]) => `${name} ${plain(value)}`).join(', '));
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  return value.some((one) => typeof one === 'object') ? String(value.length) : value.join(' + ');
}

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
};
