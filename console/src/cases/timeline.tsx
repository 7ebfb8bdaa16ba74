import { Anchor, Box, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'wouter';
import type { Case, RecordLine, TimelineLine } from '../api/cases.ts';
import { type Language, useLanguage, useTexts } from '../language/language.tsx';
import { type Said, useWords } from '../language/words.ts';
import { Empty } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/tag.tsx';
import { span } from '../shared/when.ts';
import { addressOfHandoff } from './addresses.ts';
import { Details } from './details.tsx';
import { type Entry, entriesOf } from './entries.ts';
import { costInWords, costOf } from './of-record.ts';
import { whose } from './record-names.ts';
import type { CaseScope } from './record-values.tsx';
import { texts } from './texts.ts';
import { useAnswers } from './waiting.tsx';

interface Told {
  of: Case;
  lines: readonly TimelineLine[];
  /** By those who may read it. */
  record: readonly RecordLine[];
  currency: string | undefined;
}

/** What happened, in order; with what was read, asked and written for those who read the record. */
export function Timeline({ of: one, lines, record, currency }: Told) {
  const say = useTexts(texts);
  if (lines.length === 0) return <Empty title={say('timeline.none')}>{say('timeline.none.why')}</Empty>;
  const scope = { process: one.process, caseId: one.caseId, currency };
  const saidOf = new Map(record.map((line) => [line.seq, line]));
  return (
    <Stack gap="xs">
      <Box component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {entriesOf(lines).map((entry) => (
          <Item key={entry.line.seq} entry={entry} line={saidOf.get(entry.line.seq)} scope={scope} />
        ))}
      </Box>
      {record.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('timeline.without')}
        </Text>
      )}
    </Stack>
  );
}

const tones: Readonly<Record<string, Tone>> = {
  'action.refused': 'bad',
  'action.stuck': 'bad',
  'action.unknown': 'warning',
  'handoff.at-risk': 'warning',
  'handoff.escalated': 'bad',
  'handoff.expired': 'bad',
  'inference.unusable': 'warning',
  'inference.unavailable': 'warning',
  'inference.fell-back': 'warning',
  'compensation.started': 'warning',
  'event.missing': 'warning',
};

function Item({
  entry: { line, tookMs },
  line: told,
  scope,
}: {
  entry: Entry;
  line: RecordLine | undefined;
  scope: CaseScope;
}) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const [open, { toggle }] = useDisclosure();
  const answers = useAnswers();
  const happened = words.shared('lines', line.type);
  const title = titleOf(words, scope.process, line);
  const cost = told ? costOf([told]).map((one) => costInWords(one, language)) : [];
  const about = [
    told && line.by === 'person' ? told.actor : say(`by.${line.by}`),
    ...(tookMs === null ? [] : [say('took', { span: span(tookMs, language) })]),
    ...cost,
  ];
  return (
    <Box component="li" pb="sm" pl="md" style={{ borderInlineStart: '2px solid var(--mantine-color-default-border)' }}>
      <Group gap="xs" justify="space-between" align="flex-start">
        <Group gap="xs" miw={0}>
          <Text fw={600}>{title ?? happened}</Text>
          {title && <Tag tone={tones[line.type] ?? 'neutral'}>{happened}</Tag>}
        </Group>
        <Text size="sm" c="dimmed" component="time" dateTime={line.at} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {toTheSecond(line.at, language)}
        </Text>
      </Group>
      <Text size="sm">{whatCame(words, scope.process, line)}</Text>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {about.join(' · ')}
        </Text>
        {line.type.startsWith('handoff.') &&
          line.type !== 'handoff.commented' &&
          !isQuestion(line) &&
          answers &&
          line.step !== null && (
            <Anchor component={Link} href={addressOfHandoff(handoffOf(line))} size="sm">
              {say('open-handoff')}
            </Anchor>
          )}
        {told?.body && (
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={open}
            aria-label={say('details.of', { what: title ? `${title}, ${happened}` : happened })}
            onClick={toggle}
          >
            {say('details')}
          </Button>
        )}
      </Group>
      {told?.body && <Collapse expanded={open}>{open && <Details of={told} scope={scope} />}</Collapse>}
    </Box>
  );
}

/** Steps of a machine are seconds apart. */
const toTheSecond = (at: string, language: Language) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));

/** A key of what happened to a handoff begins with the handoff's: `refund/R-1/review-1/approval-2`. A task's own is longer. */
const handoffOf = ({ key, task, type }: TimelineLine): string =>
  task !== null || type === 'handoff.completed' ? key : key.split('/', 3).join('/');

const kinds = [
  ['policy.', 'policies'],
  ['inference.', 'inferences'],
  ['action.', 'actions'],
  ['event.', 'events'],
] as const;

const questionLines = ['handoff.asked', 'handoff.answered', 'handoff.question-over'];
const isQuestion = ({ type, step }: Pick<TimelineLine, 'type' | 'step'>) =>
  questionLines.includes(type) && step === 'question';

function titleOf(words: Said, process: string, { type, step, task, owner }: TimelineLine): string | undefined {
  if (task !== null) return words.shared('tasks', task);
  const [, kind] = kinds.find(([begin]) => type.startsWith(begin)) ?? [];
  // A question is no handoff: its line says what it is.
  if (step === null || isQuestion({ type, step })) return undefined;
  if (type.startsWith('handoff.'))
    return words.of(process, 'handoffs', step) + (owner ? ` · ${whose(words, owner)}` : '');
  return kind ? words.of(process, kind, step) : undefined;
}

/** What came of it: a verdict and the rule behind it, what was written where, how it ended. */
function whatCame(words: Said, process: string, { verdict, rule, operation, outcome }: TimelineLine): string {
  const rules = rule?.split(', ').map((one) => words.of(process, 'rules', one));
  return [
    ...(verdict ? [words.shared('verdicts', verdict)] : []),
    ...(rules ?? []),
    ...(operation ? [words.shared('operations', operation)] : []),
    ...(outcome ? [words.of(process, 'outcomes', outcome)] : []),
  ].join(' · ');
}
