import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { ownerInWords } from '../../core/declare/owner.ts';

/** A box of the picture: its shape's brackets and the lines it holds. */
type Box = [open: string, lines: readonly string[], close: string];

interface Group {
  /** Also the beginning of its boxes' ids, as `handoff_review`. */
  kind: string;
  title: string;
  boxes: Record<string, Box>;
}

/**
 * What a process declares as a picture (Mermaid): the parts in the order in which a case meets them, people and writes joined
 * to the rules by the terms that they share. Which way a case takes, its workflow says.
 */
export function printFlow(definition: ProcessDefinition): string {
  const groups = groupsOf(definition).filter(({ boxes }) => Object.keys(boxes).length > 0);
  const there = new Set(groups.map(({ kind }) => kind));
  const { key, schedule } = definition;
  const begins = [
    `request(["a request, by ${key.join(' and ')}"])`,
    ...(schedule ? [`schedule(["daily at ${schedule.dailyAt}<br>${schedule.finds}"])`] : []),
  ];
  const edges = [
    ...(schedule ? ['schedule --> request'] : []),
    ...chain(['request', ...['source', 'inference', 'policy'].filter((kind) => there.has(kind)).map(groupId)]),
    ...joinedByTerms(definition),
    ...(there.has('event') && there.has('policy') ? ['policies <-->|waits for| events'] : []),
    ...['policy', 'handoff', 'action', 'event']
      .filter((kind) => there.has(kind))
      .map((kind) => `${groupId(kind)} --> outcomes`),
  ];
  return [
    '```mermaid',
    'flowchart TD',
    ...begins.map((line) => `  ${line}`),
    ...groups.flatMap(drawn),
    ...edges.map((edge) => `  ${edge}`),
    '```',
  ].join('\n');
}

const boxId = (kind: string, name: string) => `${kind}_${name.replaceAll('-', '_')}`;

const groupId = (kind: string) => (kind === 'policy' ? 'policies' : `${kind}s`);

function groupsOf({ context, inferences, policies, handoffs, actions, events, outcomes }: ProcessDefinition): Group[] {
  return [
    group('source', 'reads', context, (name, { reads, maxAge, owner }) => [
      '[(',
      [name, reads, `at most ${maxAge} old`, `${owner} answers for it`],
      ')]',
    ]),
    group('inference', 'asks a model', inferences, (name, { confidenceThreshold }) => [
      '[/',
      [name, `sure from ${confidenceThreshold}`],
      '/]',
    ]),
    group('policy', 'rules', policies, (name, { verdicts }) => ['{{', [name, verdicts.join(', ')], '}}']),
    group('handoff', 'asks people', handoffs, (name, { owner, answerWithin, escalateTo, expiresAfter }) => [
      '[',
      [name, ownerInWords(owner), `${answerWithin}, then ${escalateTo}`, `over after ${expiresAfter}`],
      ']',
    ]),
    group('action', 'writes', actions, (name, { does, compensatedBy }) => [
      '[[',
      [name, does, compensatedBy === undefined ? 'cannot be compensated' : `compensated by ${compensatedBy}`],
      ']]',
    ]),
    group('event', 'waits for', events, (name, { within, owner }) => [
      '>',
      [name, `at most ${within}`, ...(owner ? [owner] : [])],
      ']',
    ]),
    group('outcome', 'ends as', outcomes, (name) => ['([', [name], '])']),
  ];
}

const group = <T>(
  kind: string,
  title: string,
  declared: Record<string, T>,
  box: (name: string, one: T) => Box,
): Group => ({
  ...{ kind, title },
  boxes: Object.fromEntries(Object.entries(declared).map(([name, one]) => [name, box(name, one)])),
});

const drawn = ({ kind, title, boxes }: Group): string[] => [
  `  subgraph ${groupId(kind)}["${title}"]`,
  ...Object.entries(boxes).map(
    ([name, [open, lines, close]]) => `    ${boxId(kind, name)}${open}"${lines.map(plain).join('<br>')}"${close}`,
  ),
  '  end',
];

/** Inside the quotes of a label. */
const plain = (text: string) => text.replaceAll('"', '#quot;').replaceAll('<', '#lt;');

const chain = (ids: string[]) => ids.slice(1).map((id, n) => `${ids[n]} --> ${id}`);

type About = Record<string, { on?: string | undefined }>;

/** A ruling on terms leads to those who decide on these terms, and either of them to what is written on them. */
function joinedByTerms({ terms, context, policies, handoffs, actions }: ProcessDefinition): string[] {
  const edge = (from: string[], to: string[], label: string) =>
    from.length > 0 && to.length > 0 ? [`${from.join(' & ')} -->${label} ${to.join(' & ')}`] : [];
  const joined = Object.keys(terms).flatMap((name) => {
    const [ruling, asked] = [about(policies, 'policy', name), about(handoffs, 'handoff', name)];
    const label = `|${name}|`;
    return [...edge(ruling, asked, label), ...edge([...ruling, ...asked], about(actions, 'action', name), label)];
  });
  const ruled = new Set(Object.values(policies).map(({ on }) => on as string));
  const others = Object.entries(handoffs).filter(([, { on }]) => on === undefined || !ruled.has(on));
  const rules = ruled.size > 0 ? ['policies'] : Object.keys(context).length > 0 ? ['sources'] : [];
  return [...joined, ...others.flatMap(([name]) => edge(rules, [boxId('handoff', name)], ''))];
}

/** Those on these terms, or their whole group where it is all of them. */
function about(declared: About, kind: string, terms: string): string[] {
  const found = Object.entries(declared).filter(([, { on }]) => on === terms);
  if (found.length > 1 && found.length === Object.keys(declared).length) return [groupId(kind)];
  return found.map(([name]) => boxId(kind, name));
}
