import { Text } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { Lines } from './lines.tsx';
import { LongText } from './long-text.tsx';
import { useLed, usePointed } from './pointed.tsx';
import { currencyIn, fieldOf, type FieldsOf, isObject, type Kind, kindOf, type Schema, shapeOf } from './schema.ts';
import { StoredText, storedIn } from './stored-text.tsx';
import { texts } from './value-texts.ts';
import { type FieldsProps, useFieldName, usePlain, useScope, ValueScope, type ValueProps } from './value-scope.tsx';
import classes from './value.module.css';

/** Shows any value readably, as text alone: nothing that came from outside becomes a link or markup. */
export function Value(props: ValueProps) {
  const { place } = usePointed();
  const isPlace = place.at !== undefined && place.at === props.at && place.quote === undefined;
  const ref = useLed<HTMLDivElement>(isPlace);
  if (!isPlace) return <Shown {...props} />;
  return (
    <div ref={ref} tabIndex={-1} className={classes['led']}>
      <Shown {...props} />
    </div>
  );
}

function Shown({ value, schema, field = '', at = '' }: ValueProps) {
  const { currency, caseId } = useScope();
  const stored = caseId === undefined ? undefined : storedIn(value);
  if (stored) return <StoredText sha256={stored} />;
  const shape = shapeOf(schema, value);
  const kind = kindOf(value, shape, field, currencyIn(value) ?? currency);
  if (kind === 'object') return <Fields of={value as FieldsOf} schema={shape} at={at} />;
  if (kind === 'lines')
    return <Lines lines={value as FieldsOf[]} schema={shape?.items} at={at} show={{ Value, Fields }} />;
  if (kind === 'list') return <List items={value as unknown[]} schema={shape?.items} field={field} at={at} />;
  return <Plain kind={kind} value={value} field={field} at={at} />;
}

/** Shows the fields of an object beside their names; those that hold nothing stand in one line. */
export function Fields({ of, schema, at = '', omit = [], dense = false }: FieldsProps) {
  const names = Object.keys(of).filter(
    (name) => !omit.includes(name) && !(name === 'currency' && showsAmount(of, schema)),
  );
  const empty = names.filter((name) => kindOf(of[name], undefined) === 'none');
  const shown = empty.length > 1 ? names.filter((name) => !empty.includes(name)) : names;
  return (
    <ValueScope of={of}>
      <dl className={[classes['fields'], dense && classes['dense']].filter(Boolean).join(' ')}>
        {shown.map((name) => (
          <Field key={name} name={name} value={of[name]} schema={fieldOf(schema, name)} at={`${at}/${name}`} />
        ))}
        {empty.length > 1 && <Nothing of={empty} />}
      </dl>
    </ValueScope>
  );
}

function Nothing({ of }: { of: readonly string[] }) {
  const nameOf = useFieldName();
  const say = useTexts(texts);
  return (
    <div className={classes['wide']}>
      <dt>{say('nothing')}</dt>
      <dd>
        <Text span size="sm" c="dimmed">
          {of.map(nameOf).join(', ')}
        </Text>
      </dd>
    </div>
  );
}

function Field({ name, value, schema, at }: { name: string; value: unknown; schema: Schema | undefined; at: string }) {
  const nameOf = useFieldName();
  const kind = kindOf(value, shapeOf(schema, value), name);
  const isShort =
    !['text', 'list', 'lines', 'object'].includes(kind) || (kind === 'text' && String(value).length <= 40);
  return (
    <div className={classes[kind === 'object' || kind === 'lines' ? 'wide' : isShort ? 'short' : 'long']}>
      <dt>{nameOf(name)}</dt>
      <dd className={kind === 'object' ? classes['nested'] : undefined}>
        <Value value={value} schema={schema} field={name} at={at} />
      </dd>
    </div>
  );
}

/** The currency stands with each amount, so that it needs no line of its own. */
const showsAmount = (of: FieldsOf, schema: Schema | undefined): boolean =>
  Object.entries(of).some(([name, value]) => {
    const shape = shapeOf(fieldOf(schema, name), value);
    if (isObject(value)) return !('currency' in value) && showsAmount(value, shape);
    if (!Array.isArray(value)) return ['amount', 'price'].includes(kindOf(value, shape, name, currencyIn(of)));
    return value.some((line) => isObject(line) && !('currency' in line) && showsAmount(line, shape?.items));
  });

function List({
  items,
  schema,
  field,
  at,
}: {
  items: unknown[];
  schema: Schema | undefined;
  field: string;
  at: string;
}) {
  if (items.length === 1) return <Value value={items[0]} schema={schema} field={field} at={`${at}/0`} />;
  return (
    <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
      {items.map((item, index) => (
        <li key={index}>
          <Value value={item} schema={schema} field={field} at={`${at}/${index}`} />
        </li>
      ))}
    </ul>
  );
}

function Plain({ kind, value, field, at }: { kind: Kind; value: unknown; field: string; at: string }) {
  const said = usePlain();
  const text = said(kind, value, field);
  if (kind === 'none')
    return (
      <Text span c="dimmed">
        {text}
      </Text>
    );
  return kind === 'text' ? <LongText at={at}>{text}</LongText> : <span>{text}</span>;
}
