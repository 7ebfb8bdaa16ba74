import type { Entry } from './entry.ts';
import type { Asked } from './handoffs.ts';

export interface Judged {
  process: string;
  inference: string;
  sure: boolean;
  confidence: number;
  at: number;
  agreed: boolean;
}

/** The answers of models that somebody judged: whoever decided next, else a sampled review. */
export function judged(process: string, lines: Entry[], asked: Asked[]): Judged[] {
  const answers = lines
    .filter(({ type, body }) => type === 'inference.answered' && typeof body.confidence === 'number')
    .map(({ caseId, key, at, body }) => ({
      ...{ process, sure: body.confident as boolean, confidence: body.confidence as number, at: Date.parse(at) },
      inference: key.slice(caseId.length + 1).replace(/[^a-zA-Z].*$/, ''),
      agreed: undefined as boolean | undefined,
    }));
  const say = (before: number, agreed: boolean | undefined) => {
    for (const name of new Set(answers.map(({ inference }) => inference))) {
      const last = answers.findLast((one) => one.inference === name && one.at <= before && one.agreed === undefined);
      if (last) last.agreed = agreed;
    }
  };
  const decisions = asked
    .filter(({ task, repair }) => task === null && !repair)
    .flatMap((one) => one.answers)
    .filter(({ type, actor }) => type !== 'handoff.withdrawn' && actor !== 'baton')
    .sort((a, b) => a.from - b.from || a.at - b.at);
  for (const { from, verdict, changed } of decisions)
    if (changed || verdict === 'rejected') say(from, false);
    else if (verdict === 'approved') say(from, true);
  const drawn = lines.find(({ type, body }) => type === 'handoff.opened' && body.task === 'sampled-review');
  const found = lines.find(({ type, key }) => type === 'handoff.completed' && key === drawn?.key)?.body.found;
  if (found !== undefined) say(Infinity, found === 'right');
  return answers.flatMap(({ agreed, ...one }) => (agreed === undefined ? [] : [{ ...one, agreed }]));
}

/** How far confidence and agreement are apart, tenth by tenth, weighted. */
export function apart(answers: Judged[]): number {
  const tenths = Object.values(
    Object.groupBy(answers, ({ confidence }) => Math.min(9, Math.floor(confidence * 10 + 1e-9))),
  );
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const off = tenths.map(
    (its) =>
      its!.length * Math.abs(mean(its!.map((one) => one.confidence)) - mean(its!.map((one) => Number(one.agreed)))),
  );
  return off.reduce((sum, one) => sum + one, 0) / answers.length;
}
