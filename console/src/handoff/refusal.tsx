import { Alert, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ApiProblem } from '../api/client.ts';
import type { Change } from '../api/handoff.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { toFirstWrong } from '../shared/first-wrong.ts';
import { usePlain } from '../shared/value-scope.tsx';
import { kindOf, textOf } from '../shared/schema.ts';
import { useKept } from '../shared/use-kept.ts';
import { useAround } from './around.tsx';
import { texts } from './answer-texts.ts';

const known: ReadonlySet<string> = new Set(
  Object.keys(texts.en).flatMap((name) => (name.startsWith('no.') ? name.slice('no.'.length) : [])),
);

/** Says a refusal of the API in the reader's words. */
export function useRefusal() {
  const say = useTexts(texts);
  const words = useWords();
  return (code: string, detail: string): string => {
    if (code === 'four-eyes' && detail === '') return say('no.four-eyes.plain');
    const name = known.has(code) ? (`no.${code}` as 'no.unknown') : 'no.unknown';
    return say(name, { detail: words.reason('', detail) });
  };
}

/**
 * The version that an answer is given to: the one that was there when its form was opened, though the page shows later ones as they
 * come, and though it was loaded anew in the middle of it. Once the reader was told what changed, the one that was there then.
 */
export function useVersionRead(answer: Change, error: unknown): number {
  const { handoff } = useAround();
  const { value, setValue, forget } = useKept(`read.${answer}.${handoff.id}`, () => handoff.version);
  const isTold = error instanceof ApiProblem && error.code === 'version-stale';
  const [told, setTold] = useState<unknown>();
  if (isTold && told !== error) {
    setTold(error);
    setValue(handoff.version);
  }
  useEffect(() => {
    setValue((read) => read); // also what nobody has changed is kept
    return forget;
  }, [setValue, forget]);
  return value;
}

/** What is wrong with one field of what was sent; `pointers` are where the API names it. */
export const errorAt = (error: unknown, ...pointers: string[]): string | undefined =>
  error instanceof ApiProblem
    ? error.errors.find(({ field }) => pointers.some((one) => field === one || field.startsWith(`${one}/`)))?.message
    : undefined;

/** A refusal, and what changed meanwhile where it is one of an old version. Errors of `shown` stand at their fields. */
export function Refusal({ error, shown = [] }: { error: unknown; shown?: readonly string[] }) {
  const refusal = useRefusal();
  useEffect(() => {
    if (error) toFirstWrong();
  }, [error]);
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : undefined;
  const rest = (problem?.errors ?? []).filter(
    (one, n, all) =>
      !shown.some((place) => one.field.startsWith(place)) &&
      all.findIndex(({ field, message }) => field === one.field && message === one.message) === n,
  );
  return (
    <Alert color="red" variant="light" role="alert">
      <Stack gap={4}>
        <Text size="sm">{problem ? refusal(problem.code, detailOf(problem)) : textOf((error as Error).message)}</Text>
        {rest.map(({ field, message }) => (
          <Text size="sm" key={field}>
            {field === '' ? message : `${field.split('/').filter(Boolean).at(-1) ?? ''}: ${message}`}
          </Text>
        ))}
        {problem?.code === 'version-stale' && <Changes changes={problem.body['changes']} />}
      </Stack>
    </Alert>
  );
}

const detailOf = ({ body, message, code }: ApiProblem): string =>
  textOf(body['detail']) || (known.has(code) ? '' : message);

interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

/** What changed since it was read: a JSON Patch, in words. */
function Changes({ changes }: { changes: unknown }) {
  const say = useTexts(texts);
  const words = useWords();
  const plain = usePlain();
  const { handoff } = useAround();
  const all = (Array.isArray(changes) ? changes : []) as Operation[];
  const name = (path: string) =>
    path
      .split('/')
      .filter((part) => part !== '' && !/^\d+$/.test(part))
      .map((part) => words.of(handoff.process, 'fields', part))
      .join(' › ');
  const shown = (value: unknown) => {
    const kind = kindOf(value, undefined);
    return ['object', 'lines', 'list'].includes(kind) ? '…' : plain(kind, value);
  };
  return (
    <>
      <Text size="sm" fw={600}>
        {say('changes.title')}
      </Text>
      {all.map(({ op, path, value }, index) => (
        <Text size="sm" key={index}>
          {op === 'remove'
            ? say('changes.gone', { field: name(path) })
            : say('changes.of', { field: name(path), value: shown(value) })}
        </Text>
      ))}
      <Text size="sm">{say('changes.kept')}</Text>
    </>
  );
}
