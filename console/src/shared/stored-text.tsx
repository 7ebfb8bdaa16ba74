import { Button } from '@mantine/core';
import { useState } from 'react';
import { useStoredText } from '../api/cases.ts';
import { useTexts } from '../language/language.tsx';
import { LongText } from './long-text.tsx';
import { usePointed } from './pointed.tsx';
import { isObject } from './schema.ts';
import { Failed, Loading } from './states.tsx';
import { useScope } from './value-scope.tsx';
import { texts } from './value-texts.ts';

/** The SHA-256 of a long text that is stored apart, where a value stands for one. */
export function storedIn(value: unknown): string | undefined {
  const ref = isObject(value) ? value['ref'] : value;
  return typeof ref === 'string' ? /^sha256:([\da-f]{64})$/.exec(ref)?.[1] : undefined;
}

/** A long text that the case was given, read when somebody wants it, or is led to words that may stand there. */
export function StoredText({ sha256 }: { sha256: string }) {
  const say = useTexts(texts);
  const { caseId = '' } = useScope();
  const { place } = usePointed();
  const [open, setOpen] = useState(false);
  const isLed = place.quote !== undefined && place.at === undefined;
  const text = useStoredText(caseId, sha256, open || isLed);
  if (text.data !== undefined) return <LongText>{text.data}</LongText>;
  if (text.isError) return <Failed error={text.error} retry={() => void text.refetch()} />;
  if (open || isLed) return <Loading />;
  return (
    <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
      {say('read')}
    </Button>
  );
}
