import { Button, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useChange } from '../api/handoff.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { fieldOf, type FieldsOf, isObject, type Schema } from '../shared/schema.ts';
import { send } from '../shared/send.ts';
import { useKept } from '../shared/use-kept.ts';
import { Editor, EditorErrors } from './amend/editor.tsx';
import { texts } from './answer-texts.ts';
import { Because } from './answer/because.tsx';
import { packetOf, useAround } from './around.tsx';
import { errorAt, Refusal, useVersionRead } from './refusal.tsx';
import { toFirstWrong } from '../shared/first-wrong.ts';
import { Section } from '../shared/section.tsx';

const asDone: ReadonlySet<string> = new Set(['applied', 'sent']);

const nothing = { found: '', reference: '', because: '', result: {} as FieldsOf };

/** Completes a task with what was found; what the write should have answered is asked for where it counts as done. */
export function Task() {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff } = useAround();
  const complete = useChange(handoff.id, 'completion');
  const version = useVersionRead('completion', complete.error);
  const kept = useKept(`task.${handoff.id}`, () => nothing);
  const { found, reference, because, result } = kept.value;
  const type = (some: Partial<typeof nothing>) => kept.setValue((before) => ({ ...before, ...some }));
  const [tried, setTried] = useState(false);
  const mayFind = (packetOf(handoff)['mayFind'] ?? []) as string[];
  const lacksReason = because.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    toFirstWrong();
    if (found === '' || lacksReason) return;
    const body = {
      ...{ found: found as 'applied', because, version },
      ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
      ...(asDone.has(found) && Object.keys(result).length > 0 ? { result } : {}),
    };
    send(complete, body, kept.forget);
  };
  return (
    <Section title={say('task.found')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={640}>
          <Radio.Group
            aria-label={say('task.found')}
            value={found}
            onChange={(next) => type({ found: next })}
            error={tried && found === '' ? say('task.choose') : errorAt(complete.error, '/found')}
          >
            <Stack gap="xs">
              {mayFind.map((one) => (
                <Radio key={one} value={one} label={words.shared('findings', one)} />
              ))}
            </Stack>
          </Radio.Group>
          {isObject(packetOf(handoff)['written']) && (
            <TextInput
              label={say('task.reference')}
              value={reference}
              maxLength={200}
              error={errorAt(complete.error, '/reference')}
              onChange={(event) => type({ reference: event.currentTarget.value })}
            />
          )}
          {asDone.has(found) && (
            <Result result={result} setResult={(next) => type({ result: next })} error={complete.error} />
          )}
          <Because
            label={say('task.because')}
            value={because}
            needed
            error={tried && lacksReason ? say('needed') : errorAt(complete.error, '/because')}
            onChange={(next) => type({ because: next })}
          />
          <Refusal error={complete.error} shown={['/found', '/reference', '/because', '/result/']} />
          <Button type="submit" loading={complete.isPending} style={{ alignSelf: 'flex-start' }}>
            {say('task.confirm')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}

/** What the action answers, as it is declared, where that is more than one text. */
function Result({ result, setResult, error }: { result: FieldsOf; setResult(result: FieldsOf): void; error: unknown }) {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff, declared } = useAround();
  const { written } = packetOf(handoff);
  const action = isObject(written) ? declared?.actions[String(written['action'])] : undefined;
  const output = action?.output as Schema | undefined;
  const fields = Object.keys(output?.properties ?? {});
  if (fields.length < 2) return null;
  return (
    <EditorErrors value={(at) => errorAt(error, at)}>
      <Text size="sm" c="dimmed">
        {say('task.result')}
      </Text>
      {fields.map((field) => (
        <Editor
          key={field}
          field={field}
          label={words.of(handoff.process, 'fields', field)}
          value={result[field]}
          schema={fieldOf(output, field)}
          at={`/result/${field}`}
          onChange={(value) => setResult({ ...result, [field]: value })}
        />
      ))}
    </EditorErrors>
  );
}
