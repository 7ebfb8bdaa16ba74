import { readdirSync, readFileSync } from 'node:fs';
import type { Calendar } from '../../rules/calendar.ts';
import { CalendarContent } from '../../rules/calendar-content.ts';

const folder = new URL('../../rules/calendars/', import.meta.url);

/** The calendars that a new store begins with, by name. */
export const seeds: Record<string, Calendar> = Object.fromEntries(
  readdirSync(folder).map((file) => [
    file.replace('.json', ''),
    CalendarContent.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
  ]),
);
