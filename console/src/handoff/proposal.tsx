import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { usePointed } from '../shared/pointed.tsx';
import { Tag, type Tone } from '../shared/tag.tsx';
import { Fields } from '../shared/value.tsx';
import { packetSchema, termsOf, useAround } from './around.tsx';
import { type Evidence, partsOf } from './parts.ts';
import { Section } from '../shared/section.tsx';
import { texts } from './texts.ts';

/** What a model proposes, how sure it was, and what it relied on. */
export function Proposal() {
  const say = useTexts(texts);
  const words = useWords();
  const around = useAround();
  const { handoff, declared } = around;
  const { proposed, evidence } = partsOf(around);
  const hidden = handoff.hidden.filter((field) => !(field in termsOf(handoff)) && !handoff.mayAmend.includes(field));
  const drafts = (declared?.handoffs[handoff.name]?.drafts ?? []).some((field) => field in termsOf(handoff));
  const isSilent = !drafts && hidden.length + evidence.length + Object.keys(proposed).length === 0;
  if (handoff.kind === 'task' || isSilent) return null;
  const names = hidden.map((field) => words.of(handoff.process, 'fields', field)).join(', ');
  return (
    <Section title={say('model')} beside={<Confidence />}>
      <Why />
      {hidden.length > 0 && <Text size="sm">{say('hidden.packet', { fields: names })}</Text>}
      {Object.keys(proposed).length > 0 && <Fields of={proposed} schema={packetSchema(around)} />}
      {evidence.length > 0 && (
        <>
          <Title order={3}>{say('evidence')}</Title>
          <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {evidence.map((one, index) => (
              <One key={index} evidence={one} />
            ))}
          </Stack>
        </>
      )}
    </Section>
  );
}

type Sureness = 'sure' | 'unsure' | 'fell-back';
const tones: Record<Sureness, Tone> = { sure: 'good', unsure: 'warning', 'fell-back': 'warning' };

/** As sure as the least sure of its answers. */
function useSureness(): Sureness | undefined {
  const { brief } = useAround();
  if (brief.inferences.length === 0) return undefined;
  if (brief.inferences.some(({ fellBack }) => fellBack)) return 'fell-back';
  return brief.inferences.every(({ confident }) => confident) ? 'sure' : 'unsure';
}

function Confidence() {
  const say = useTexts(texts);
  const sure = useSureness();
  return sure && <Tag tone={tones[sure]}>{say(sure)}</Tag>;
}

function Why() {
  const say = useTexts(texts);
  const sure = useSureness();
  return (
    sure && (
      <Text size="sm" c="dimmed">
        {say(`why-${sure}`)}
      </Text>
    )
  );
}

/** One thing that it relied on; where it stands in what is shown, one click leads there. */
function One({ evidence: { text, quote, about, schema, place } }: { evidence: Evidence }) {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff } = useAround();
  const { point } = usePointed();
  /** `orders[0].status: delivered` with the names that the business has. */
  const inWords = (said: string) =>
    said.replace(/^[\w.[\]]+(?=[ :(])/, (path) =>
      path
        .split(/[.[\]]+/)
        .filter(Boolean)
        .map((part) => (/^\d+$/.test(part) ? `${Number(part) + 1}` : words.of(handoff.process, 'fields', part)))
        .join(' › '),
    );
  return (
    <li>
      <Stack gap={4}>
        {about && <Fields dense of={about} schema={schema} omit={['id', 'at']} />}
        {(text || quote) && (
          <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
            <Text
              size="sm"
              fs={quote ? 'italic' : undefined}
              style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
            >
              {quote ? say('evidence.quote', { quote }) : inWords(text)}
            </Text>
            {place ? (
              <Button size="compact-xs" variant="default" onClick={() => point(place)} style={{ flexShrink: 0 }}>
                {say('evidence.go')}
              </Button>
            ) : (
              <Text size="xs" c="dimmed">
                {say('evidence.missing')}
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </li>
  );
}
