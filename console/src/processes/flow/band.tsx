import { Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import type { Part } from '../process-page.tsx';
import { Chosen } from './chosen.tsx';
import classes from './flow.module.css';
import { type Band, type Line, type Step, wholeOf } from './model.ts';
import { StepBox } from './step-box.tsx';
import { texts } from './texts.ts';

interface Props extends Part {
  band: Band;
  /** Which band, from 0. */
  place: number;
  lines: readonly Line[];
  chosen: Step | undefined;
  choose(id: string | undefined): void;
  /** How many cases are counted. */
  of: number;
}

/** Steps of one kind; sources are read together, so that they stand in one frame. Below them, what is chosen of them. */
export function FlowBand({ band: { kind, steps }, place, lines, chosen, choose, of, ...part }: Props) {
  const say = useTexts(texts);
  const together = kind === 'read';
  const mine = chosen?.kind === kind ? chosen : undefined;
  const what = say(`${kind}.what`);
  return (
    <section className={classes['band']} aria-label={say(kind)}>
      <div>
        <Title order={2} size="sm">
          {say(kind)}
        </Title>
        {what && (
          <Text size="xs" c="dimmed">
            {what}
          </Text>
        )}
      </div>
      <Stack gap="sm">
        <ul
          className={`${classes['steps']} ${together ? classes['together'] : ''}`}
          data-line={kind === 'request' ? undefined : wholeOf(kind)}
          data-band={place}
        >
          {steps.map((step) => (
            <StepBox key={step.id} {...{ ...part, step, place, choose, of }} chosen={step === chosen} />
          ))}
        </ul>
        {mine && <Chosen {...part} step={mine} lines={lines} choose={choose} />}
      </Stack>
    </section>
  );
}
