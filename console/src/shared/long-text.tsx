import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../language/language.tsx';
import { standsAt, useLed, usePointed } from './pointed.tsx';
import { texts } from './value-texts.ts';
import classes from './value.module.css';

const shownAtFirst = 420;

/** A text as it was written, never markup. A long one is folded; what is quoted from it is marked once the reader is led there. */
export function LongText({ children: text, at: own }: { children: string; at?: string }) {
  const say = useTexts(texts);
  const { place } = usePointed();
  const [open, setOpen] = useState(false);
  const isIt = place.quote !== undefined && (place.at === undefined || place.at === own);
  const at = isIt ? standsAt(text, place.quote!) : undefined;
  const folds = text.length > shownAtFirst * 1.3;
  const shown = folds && !open && !at ? `${text.slice(0, text.lastIndexOf(' ', shownAtFirst))} …` : text;
  return (
    <div className={classes['text']}>
      {at ? <Quoted text={text} at={at} /> : shown}
      {folds && !at && (
        <Text span display="block">
          <Button variant="subtle" size="compact-sm" ml={-8} aria-expanded={open} onClick={() => setOpen(!open)}>
            {say(open ? 'less' : 'more')}
          </Button>
        </Text>
      )}
    </div>
  );
}

function Quoted({ text, at: [from, to] }: { text: string; at: readonly [number, number] }) {
  const ref = useLed<HTMLElement>(true);
  return (
    <>
      {text.slice(0, from)}
      <mark ref={ref} tabIndex={-1} className={classes['mark']}>
        {text.slice(from, to)}
      </mark>
      {text.slice(to)}
    </>
  );
}
