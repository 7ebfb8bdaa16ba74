import { Button, Card, Stack, Text } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { useTexts } from '../../language/language.tsx';
import { currencyIn, type FieldsOf } from '../../shared/schema.ts';
import { useScope } from '../../shared/value-scope.tsx';
import { blank, nextId } from './blank.ts';
import type { EditorProps } from './editor.tsx';
import { texts } from './texts.ts';

interface Line {
  key: number;
  line: FieldsOf;
  kept: boolean;
  isNew: boolean;
}

interface LinesProps extends EditorProps {
  errorOf(at: string): string | undefined;
  Editor: ComponentType<EditorProps>;
}

/** A list of objects: each line can be changed or left out, and others can be added. */
export function Lines(props: LinesProps) {
  const { label, value, schema, at, errorOf, Editor, onChange } = props;
  const say = useTexts(texts);
  const { currency } = useScope();
  const [lines, setLines] = useState(() =>
    ((value ?? []) as FieldsOf[]).map((line, key): Line => ({ key, line, kept: true, isNew: false })),
  );
  /** What is wrong with one line stands in it. */
  const error = lines.some((_, n) => errorOf(`${at}/${n}`) !== undefined) ? undefined : errorOf(at);
  const change = (next: Line[]) => {
    setLines(next);
    onChange(next.flatMap((one) => (one.kept ? [one.line] : [])));
  };
  const set = (key: number, next: Partial<Line>) =>
    change(lines.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const drop = ({ key, kept, isNew }: Line) =>
    isNew ? change(lines.filter((one) => one.key !== key)) : set(key, { kept: !kept });
  const add = () => {
    const all = lines.map(({ line }) => line);
    const line = { ...(blank(schema?.items, currencyIn(all) ?? currency) as FieldsOf), ...nextId(all) };
    change([...lines, { key: 1 + Math.max(-1, ...lines.map(({ key }) => key)), line, kept: true, isNew: true }]);
  };
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      {lines.map((one, index) => (
        <Card key={one.key} withBorder padding="sm">
          <Stack gap="xs" align="stretch">
            {(lines.length > 1 || one.isNew) && (
              <Text size="sm">{say(one.isNew ? 'line.new' : 'line', { n: index + 1 })}</Text>
            )}
            {one.kept && (
              <Editor
                {...props}
                isNew={one.isNew}
                value={one.line}
                schema={schema?.items}
                at={`${at}/${lines.slice(0, index).filter(({ kept }) => kept).length}`}
                onChange={(next) => set(one.key, { line: next as FieldsOf })}
              />
            )}
            <Button size="compact-sm" variant="subtle" style={{ alignSelf: 'flex-start' }} onClick={() => drop(one)}>
              {say(one.kept ? 'remove' : 'keep')}
            </Button>
          </Stack>
        </Card>
      ))}
      {schema?.items && (
        <Button size="compact-sm" variant="default" style={{ alignSelf: 'flex-start' }} onClick={add}>
          {say('add')}
        </Button>
      )}
      {error && (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
    </Stack>
  );
}
