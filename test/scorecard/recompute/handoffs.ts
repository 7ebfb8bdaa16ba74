import type { Entry } from './entry.ts';
import { type Answer, walk } from './turns.ts';

export interface Asked {
  task: string | null;
  name: string;
  owner: string;
  begin: number;
  end: number | null;
  verdict: string | null;
  stages: string[];
  answers: Answer[];
  worked: [number, number][];
  repair: boolean;
}

export function handoffs(lines: Entry[], rates: any, closing: number | null): Asked[] {
  const all = lines.filter(({ type }) => type === 'handoff.opened');
  // A rework, and a task that is opened again, have the key of the first before theirs.
  const whose = (key: string) =>
    all
      .filter((one) => key === one.key || key.startsWith(`${one.key}/`))
      .sort((a, b) => b.key.length - a.key.length)[0];
  return all
    .filter(({ body }) => !/^(target-missed|sampled-review)$/.test(body.task ?? ''))
    .map((opened) => {
      const its = lines.filter(
        ({ type, key, body }) =>
          type.startsWith('handoff.') &&
          (whose(key) === opened || body?.handoff === opened.key) &&
          type !== 'handoff.opened',
      );
      const over = its.find(({ type }) => /decided|reworked|completed|withdrawn/.test(type));
      const task = opened.body.task ?? null;
      const end = over ? Date.parse(over.at) : task ? null : closing;
      const owner = opened.body.person === undefined ? opened.body.owner : 'a person';
      const { answers, worked } = walk(opened, its, owner, rates, end);
      const rest = opened.key.slice(opened.caseId.length + 1);
      const repair = rest.includes('/repair-');
      return {
        ...{ task, owner, end, answers, worked, repair },
        begin: Date.parse(opened.at),
        name: repair ? 'repair' : opened.body.mayChange ? 'rework' : rest.replace(/[^a-zA-Z].*$/, ''),
        verdict: end === null ? null : answers.at(-1)!.verdict,
        stages: its.filter(({ type }) => /at-risk|escalated|expired/.test(type)).map(({ type }) => type.slice(8)),
      };
    });
}
