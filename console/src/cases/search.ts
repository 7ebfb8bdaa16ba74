import type { CaseQuery } from '../api/cases.ts';

/** What is searched for, as the address has it; days are the reader's. */
export const filters = ['q', 'process', 'outcome', 'stage', 'owner', 'requester', 'from', 'to'] as const;
export type Filter = (typeof filters)[number];
export type Search = Readonly<Partial<Record<Filter, string>>>;

export const stages = ['accepted', 'running', 'waiting', 'compensating', 'stuck', 'closed'] as const;

export const searchIn = (params: URLSearchParams): Search =>
  Object.fromEntries(filters.flatMap((name) => (params.get(name) ? [[name, params.get(name)!]] : [])));

export const isEmpty = (search: Search): boolean => Object.keys(search).length === 0;

/** The search with some of it changed; an outcome is one of its process. */
export function changed(search: Search, change: Partial<Record<Filter, string>>): Record<string, string> {
  const next = { ...search, ...change, ...('process' in change ? { outcome: '' } : {}) };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value.trim() !== ''));
}

const isDay = (text: string | undefined): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '');

/** The first moment of a day, or of one some days later, where the reader is. */
function momentOf(day: string, later = 0): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const moment = new Date(year, month - 1, date + later);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** As the API takes it: both days are part of the period. */
export function queryOf({ from, to, stage, ...search }: Search): CaseQuery {
  const [first, end] = [isDay(from) ? momentOf(from) : undefined, isDay(to) ? momentOf(to, 1) : undefined];
  const known = stages.find((one) => one === stage);
  return {
    ...search,
    ...(known ? { stage: known } : {}),
    ...(first ? { from: first } : {}),
    ...(end ? { to: end } : {}),
  };
}
