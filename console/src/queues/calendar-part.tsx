import { Button, List, Text } from '@mantine/core';
import { type Calendar, useCalendars, type WhoHasWhat } from '../api/queues.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { Shown } from '../shared/states.tsx';
import { useKeptDisclosure } from '../shared/use-kept.ts';
import { AddDay } from './add-day.tsx';
import { Part } from '../shared/part.tsx';
import { texts } from './texts.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const shownDays = 4;

/** By which calendar a queue works: its hours, and the next days on which nobody does. */
export function CalendarPart({ of: { calendar }, isAdmin }: { of: WhoHasWhat; isAdmin: boolean }) {
  const say = useTexts(texts);
  return (
    <Part title={say('calendar')}>
      <Text size="sm">{say('calendar.version', { name: calendar.name, version: calendar.version })}</Text>
      <Shown of={useCalendars()}>
        {(calendars) => {
          const found = calendars.find(({ name }) => name === calendar.name);
          return found ? <Days of={found} isAdmin={isAdmin} /> : null;
        }}
      </Shown>
    </Part>
  );
}

function Days({ of, isAdmin }: { of: Calendar; isAdmin: boolean }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { opened, open, close } = useKeptDisclosure(`add-day.${of.name}`);
  const day = (date: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(date));
  const today = new Intl.DateTimeFormat('sv', { timeZone: of.zone }).format(new Date());
  const off = [
    ...Object.entries(of.holidays).map(([date, name]) => [date, `${day(date)}: ${name}`] as const),
    ...Object.keys(of.halfDays).map((date) => [date, say('half', { day: day(date) })] as const),
  ]
    .filter(([date]) => date >= today)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .slice(0, shownDays);
  return (
    <>
      <Text size="sm">
        {say('calendar.zone')}: {of.zone}
      </Text>
      <Text size="sm" component="div">
        {say('calendar.hours')}
        <List size="sm">
          {weekdays
            .filter((name) => of.hours[name]?.length)
            .map((name) => (
              <List.Item key={name}>
                {say(name)}: {of.hours[name]!.join(', ')}
              </List.Item>
            ))}
        </List>
      </Text>
      <Text size="sm" component="div">
        {say('calendar.off')}
        {off.length === 0 ? (
          <Text size="sm">{say('calendar.off.none')}</Text>
        ) : (
          <List size="sm">
            {off.map(([date, said]) => (
              <List.Item key={date}>{said}</List.Item>
            ))}
          </List>
        )}
      </Text>
      {of.endsOn && (
        <Text size="sm">
          {say('calendar.ends')}: {day(of.endsOn)}
        </Text>
      )}
      {isAdmin && (
        <Button variant="default" size="xs" onClick={open} style={{ alignSelf: 'flex-start' }}>
          {say('add-day')}
        </Button>
      )}
      {opened && <AddDay calendar={of} onClose={close} />}
    </>
  );
}
