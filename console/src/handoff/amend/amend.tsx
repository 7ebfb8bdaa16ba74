import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { fieldOf, type FieldsOf, type Schema } from '../../shared/schema.ts';
import { ValueScope } from '../../shared/value-scope.tsx';
import { Value } from '../../shared/value.tsx';
import { useAround } from '../around.tsx';
import { Editor, EditorErrors } from './editor.tsx';
import { Changed } from './changed.tsx';
import { texts } from './texts.ts';

export interface AmendProps {
  /** Which fields may be changed. */
  fields: readonly string[];
  /** As it was proposed. */
  before: FieldsOf;
  schema: Schema | undefined;
  /** What is changed so far, by field. */
  changes: FieldsOf;
  onChange(changes: FieldsOf): void;
  errorAt(at: string): string | undefined;
  /** Where the API names what was sent. */
  at: string;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether something that was typed cannot be read. */
export const hasUnread = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isNaN(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(hasUnread);

/** Each field that may be changed: what was proposed, and what the reader makes of it, side by side. */
export function Amend({ fields, before, schema, changes, onChange, errorAt, at }: AmendProps) {
  const change = (field: string, value: unknown) => {
    const { [field]: _, ...rest } = changes;
    onChange(isSame(value, before[field]) ? rest : { ...rest, [field]: value });
  };
  return (
    <EditorErrors value={errorAt}>
      <ValueScope of={before}>
        <Stack gap="lg">
          {fields.map((field) => (
            <One
              key={field}
              field={field}
              before={before[field]}
              value={field in changes ? changes[field] : before[field]}
              isChanged={field in changes}
              schema={fieldOf(schema, field)}
              at={`${at}/${field}`}
              onChange={(value) => change(field, value)}
            />
          ))}
        </Stack>
      </ValueScope>
    </EditorErrors>
  );
}

interface OneProps {
  field: string;
  before: unknown;
  value: unknown;
  isChanged: boolean;
  schema: Schema | undefined;
  at: string;
  onChange(value: unknown): void;
}

function One({ field, before, value, isChanged, schema, at, onChange }: OneProps) {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff, declared } = useAround();
  const isHidden = handoff.hidden.includes(field);
  const isDraft = declared?.handoffs[handoff.name]?.drafts.includes(field);
  const proposed = isHidden ? 'proposed.hidden' : isDraft ? 'proposed.model' : 'proposed';
  return (
    <div>
      <Title order={3} mb={4}>
        {words.of(handoff.process, 'fields', field)}
      </Title>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="sm">
        <div>
          <Text size="sm" c="dimmed">
            {say(proposed)}
          </Text>
          {!isHidden && <Value value={before} schema={schema} field={field} />}
        </div>
        <Editor field={field} label={say('yours')} value={value} schema={schema} at={at} onChange={onChange} />
      </SimpleGrid>
      {isChanged && <Changed title={say('diff')} before={before} value={value} schema={schema} />}
    </div>
  );
}
