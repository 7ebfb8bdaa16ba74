import { Checkbox, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { createContext, useContext, useState } from 'react';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import {
  currencyIn,
  fieldOf,
  type FieldsOf,
  isAmount,
  isObject,
  kindOf,
  mayBeNone,
  type Schema,
  shapeAsked,
  shapeOf,
  textOf,
} from '../../shared/schema.ts';
import { usePlain, useScope, ValueScope } from '../../shared/value-scope.tsx';
import { AmountInput } from './amount-input.tsx';
import { Lines } from './lines.tsx';
import { texts } from './texts.ts';

export interface EditorProps {
  field: string;
  label: string;
  value: unknown;
  schema: Schema | undefined;
  /** A JSON pointer, by which the API says what is wrong with it. */
  at: string;
  /** A line that was not there: its id is asked for, too. */
  isNew?: boolean;
  onChange(value: unknown): void;
}

const Errors = createContext<(at: string) => string | undefined>(() => undefined);

/** What is wrong with a value, by its pointer, is said beside its editor. */
export const EditorErrors = Errors;

/** Changes any value by its schema. */
export function Editor(props: EditorProps) {
  const { field, value, schema } = props;
  const { currency } = useScope();
  const errorOf = useContext(Errors);
  const error = errorOf(props.at);
  const shape = shapeOf(schema, value ?? undefined) ?? shapeAsked(schema);
  const own = { ...props, schema: shape, none: mayBeNone(schema) };
  if (Array.isArray(value) || shape?.type === 'array') {
    const isLines = isObject(((value ?? []) as unknown[])[0]) || shapeAsked(shape?.items)?.type === 'object';
    return isLines ? <Lines {...own} Editor={Editor} errorOf={errorOf} /> : <Words {...own} />;
  }
  if (isObject(value)) return <Group {...own} value={value} />;
  if (shape?.type === 'boolean' || typeof value === 'boolean') return <YesNo {...own} />;
  if (shape?.enum) return <Choice {...own} />;
  if (isAmount(shape, field, currency)) return <AmountInput {...own} error={error} />;
  if (shape?.type === 'integer' || shape?.type === 'number' || typeof value === 'number') return <Count {...own} />;
  return <Words {...own} />;
}

type Own = EditorProps & { none: boolean };

function YesNo({ label, value, at, onChange }: Own) {
  const error = useContext(Errors)(at);
  return (
    <Checkbox
      label={label}
      checked={value === true}
      error={error}
      onChange={(e) => onChange(e.currentTarget.checked)}
    />
  );
}

function Choice({ label, value, schema, at, none, onChange }: Own) {
  const words = useWords();
  const say = useTexts(texts);
  const { process } = useScope();
  const isOpen = textOf(value) === '';
  const all = (schema?.enum ?? []).map((one) => ({
    value: String(one),
    label: words.of(process, 'values', String(one)),
  }));
  return (
    <NativeSelect
      label={label}
      value={textOf(value)}
      error={useContext(Errors)(at)}
      data={[...(none || isOpen ? [{ value: '', label: say(none ? 'none' : 'choose') }] : []), ...all]}
      onChange={(e) => onChange(e.currentTarget.value === '' ? null : e.currentTarget.value)}
    />
  );
}

function Count({ label, value, at, none, onChange }: Own) {
  const { language } = useLanguage();
  const signs = language === 'de' ? { decimalSeparator: ',', thousandSeparator: '.' } : { thousandSeparator: ',' };
  return (
    <NumberInput
      {...signs}
      label={label}
      value={typeof value === 'number' ? value : ''}
      error={useContext(Errors)(at)}
      onChange={(next) => onChange(typeof next === 'number' ? next : none ? null : Number.NaN)}
    />
  );
}

/** A text, a day, or a list of texts, one on each line. */
function Words({ field, label, value, schema, at, none, onChange }: Own) {
  const say = useTexts(texts);
  const plain = usePlain();
  const error = useContext(Errors)(at);
  const [isLong] = useState(typeof value === 'string' ? value.length > 80 : (schema?.maxLength ?? 0) >= 1_000);
  const isList = Array.isArray(value) || schema?.type === 'array';
  const text = isList ? ((value ?? []) as unknown[]).join('\n') : textOf(value);
  const change = (next: string) =>
    onChange(isList ? next.split('\n').filter((one) => one.trim() !== '') : next === '' && none ? null : next);
  const shared = { label, error, value: text };
  if (isList) return <List {...shared} description={say('one-a-line')} change={change} />;
  if (isLong)
    return <Textarea {...shared} autosize minRows={3} maxRows={16} onChange={(e) => change(e.currentTarget.value)} />;
  const type = schema?.format === 'date' ? 'date' : 'text';
  const kind = kindOf(value, schema, field);
  const said = kind === 'word' || schema?.['x-code'] ? plain(kind, value, field) : '';
  return (
    <TextInput
      {...shared}
      type={type}
      description={said === text ? undefined : said}
      onChange={(e) => change(e.currentTarget.value)}
    />
  );
}

/** What is typed stays as it is typed, also an empty line on the way. */
function List({
  value,
  change,
  ...props
}: {
  label: string;
  description: string;
  error: string | undefined;
  value: string;
  change(next: string): void;
}) {
  const [typed, setTyped] = useState(value);
  return (
    <Textarea
      {...props}
      autosize
      minRows={2}
      value={typed}
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        change(e.currentTarget.value);
      }}
    />
  );
}

function Group({ value, schema, at, isNew, onChange }: Own & { value: FieldsOf }) {
  const words = useWords();
  const { process } = useScope();
  const isGiven = (name: string) =>
    (name === 'id' && !isNew) || (name === 'currency' && currencyIn(value) !== undefined);
  return (
    <ValueScope of={value}>
      <Stack gap="xs">
        {Object.keys(value)
          .filter((name) => !isGiven(name))
          .map((name) => (
            <Editor
              key={name}
              field={name}
              label={words.of(process, 'fields', name)}
              value={value[name]}
              schema={fieldOf(schema, name)}
              at={`${at}/${name}`}
              onChange={(next) => onChange({ ...value, [name]: next })}
            />
          ))}
      </Stack>
    </ValueScope>
  );
}
