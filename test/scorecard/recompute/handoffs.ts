import type { Entry } from './entry.ts';

export interface Asked {
  task: string | null;
  name: string;
  owner: string;
  begin: number;
  end: number | null;
  verdict: string | null;
  stages: string[];
  work: number;
  estimated: boolean;
  claims: [number, number][];
  price: number;
  repair: boolean;
}

export function handoffs(lines: Entry[], rates: any, closing: number | null): Asked[] {
  return lines
    .filter(({ type, body }) => type === 'handoff.opened' && !/^(target-missed|sampled-review)$/.test(body.task ?? ''))
    .map((opened) => {
      const own = lines.filter(
        ({ type, key }) => type.startsWith('handoff.') && (key === opened.key || key.startsWith(`${opened.key}/`)),
      );
      const its = own.filter(
        ({ type, key }) => key === opened.key || /claimed|released|at-risk|escalated|expired/.test(type),
      );
      const answer = its.find(({ type }) =>
        ['handoff.decided', 'handoff.completed', 'handoff.withdrawn'].includes(type),
      );
      const task = opened.body.task ?? null;
      const begin = Date.parse(opened.at);
      const end = answer ? Date.parse(answer.at) : task ? null : closing;
      const owner = opened.body.person === undefined ? opened.body.owner : 'a person';
      const claims: [number, number][] = [];
      let claimed: number | null = null;
      for (const { type, at } of its) {
        if (type === 'handoff.claimed' && claimed === null) claimed = Date.parse(at);
        else if ((type === 'handoff.released' || type === 'handoff.escalated') && claimed !== null) {
          claims.push([claimed, Date.parse(at)]);
          claimed = null;
        }
      }
      if (claimed !== null && end !== null) claims.push([claimed, end]);
      const role = answer?.body.role === undefined || answer.body.role === answer.actor ? owner : answer.body.role;
      const rate = rates.people.queues[role] ?? rates.people.usual;
      const person = answer !== undefined && answer.type !== 'handoff.withdrawn' && answer.actor !== 'baton';
      const held = claims.reduce((sum, [a, b]) => sum + b - a, 0);
      const estimated = held === 0 && person;
      const work = estimated ? rate.estimateMinutes * 60_000 : Math.min(held, rate.mostMinutes * 60_000);
      if (estimated) claims.push([Math.max(begin, end! - work), end!]);
      const rest = opened.key.slice(opened.caseId.length + 1);
      return {
        ...{ task, owner, begin, end, claims, work, estimated },
        name: rest.includes('/repair-') ? 'repair' : rest.replace(/[^a-zA-Z].*$/, ''),
        verdict: answer?.body.verdict ?? answer?.body.found ?? (end === null ? null : 'withdrawn'),
        stages: its.filter(({ type }) => /at-risk|escalated|expired/.test(type)).map(({ type }) => type.slice(8)),
        price: Math.round((work / 3_600_000) * rate.perHour * 1_000_000),
        repair: rest.includes('/repair-'),
      };
    });
}
