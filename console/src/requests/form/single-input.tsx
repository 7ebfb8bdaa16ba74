import { Group as Row, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { money, readAmount } from '../../shared/amounts.ts';
import type { Draft } from './draft.ts';
import { useForm, useMust } from './form-context.ts';
import { atMost, choiceIn, type InputProps } from './input-props.ts';
import { texts } from './texts.ts';

/** A field in which one value stands. */
export function SingleInput({ of, label, at, needed, draft, currency, onChange }: InputProps) {
  const say = useTexts(texts);
  const must = useMust();
  const { isWrong, keyMade } = useForm();
  const value = typeof draft === 'string' ? draft : '';
  const common = {
    ...{ value, 'data-at': at, label: needed ? label : `${label} (${say('optional')})` },
    ...{ error: isWrong(at) && must(of), 'aria-required': needed },
  };
  const typed = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  if (of.kind === 'yes-no') return <YesNo {...common} needed={needed} onChange={onChange} />;
  if (of.kind === 'choice') return <Choice {...common} among={of.among} onChange={onChange} />;
  if (of.kind === 'long-text') return <Textarea {...common} onChange={typed} autosize minRows={3} maxRows={16} />;
  if (of.kind === 'amount') return <Amount {...common} currency={currency} onChange={onChange} />;
  if (of.kind === 'date') return <TextInput {...common} onChange={typed} type="date" styles={atMost(220)} />;
  if (of.kind === 'currency')
    return <TextInput {...common} onChange={typed} styles={atMost(120)} maxLength={3} autoCapitalize="characters" />;
  if (of.kind === 'text')
    return (
      <TextInput {...common} onChange={typed} {...(at === `/${keyMade}` ? { description: say('key-made') } : {})} />
    );
  return (
    <TextInput
      {...common}
      onChange={typed}
      inputMode={of.kind === 'decimal' ? 'decimal' : 'numeric'}
      styles={atMost(220)}
    />
  );
}

interface Common {
  label: string;
  value: string;
  error: string | false;
  'data-at': string;
  'aria-required': boolean;
  onChange(draft: Draft): void;
}

function Choice({ among, onChange, ...common }: Common & { among: readonly string[] }) {
  const say = useTexts(texts);
  const words = useWords();
  const { process } = useForm();
  const data = among.map((value) => ({ value, label: choiceIn(words, process, value) }));
  return (
    <NativeSelect
      {...common}
      data={[{ value: '', label: say('choose') }, ...data]}
      onChange={(event) => onChange(event.currentTarget.value)}
      styles={atMost(420)}
    />
  );
}

function YesNo({ needed, onChange, 'data-at': at, 'aria-required': _, ...common }: Common & { needed: boolean }) {
  const say = useTexts(texts);
  return (
    <Radio.Group {...common} data-at={at} onChange={onChange}>
      <Row gap="md" mt={4}>
        <Radio value="yes" label={say('yes')} />
        <Radio value="no" label={say('no')} />
        {!needed && <Radio value="" label={say('none')} />}
      </Row>
    </Radio.Group>
  );
}

function Amount({ currency, onChange, ...common }: Common & { currency: string | undefined }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const minor = readAmount(common.value, currency, language);
  const understood =
    currency && minor !== undefined ? say('is-read-as', { amount: money(minor, currency, language) }) : undefined;
  return (
    <TextInput
      {...common}
      styles={atMost(260)}
      inputMode="decimal"
      rightSection={currency}
      rightSectionWidth={56}
      description={understood ?? (currency ? undefined : say('amount-without-currency'))}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
