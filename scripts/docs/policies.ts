import type { ProcessDefinition } from '../../core/declare/definition.ts';
import type { Sum } from '../../core/declare/sums.ts';
import { fieldWords } from './schema-words.ts';
import { code, codes, table } from './table.ts';

interface Table {
  version: number;
  hit: 'first' | 'collect';
  rows: {
    rule: string;
    because?: string;
    when?: Record<string, string>;
    verdict: string;
    outputs?: Record<string, unknown>;
  }[];
}

/** Every process's decision tables, as people read them. */
export const printPolicies = (definitions: readonly ProcessDefinition[]): string =>
  definitions
    .flatMap(({ name: process, policies }) =>
      Object.entries(policies).map(
        ([name, { on, verdicts, facts, outputs, sums = {}, countedOn = [], table: given }]) => {
          const { version, hit, rows } = given as Table;
          const [last, adds] =
            hit === 'collect' ? ['always', ' Every row that holds counts: numbers are added up.'] : [];
          const gives = outputs !== undefined;
          return [
            `### ${process}: ${name}`,
            `Version ${version}, on the terms ${code(on)}. Verdicts, from the least to the most careful: ${codes(verdicts)}.${adds ?? ''}`,
            table(
              ['', 'rule', 'when', 'verdict', ...(gives ? ['gives'] : []), 'because'],
              rows.map(({ rule, when = {}, verdict, outputs: said = {}, because = '' }, n) => [
                ...[String(n + 1), rule, conditions(when, last), verdict],
                ...(gives ? [beside(said)] : []),
                because,
              ]),
            ),
            'Its facts:',
            table(
              ['fact', 'holds'],
              fieldWords(facts).map(([fact, words]) => [code(fact), sums[fact] ? sumWords(sums[fact]) : words]),
            ),
            ...(countedOn.length > 0
              ? [`An open case counts in others' sums while it is ruled ${codes(countedOn)}.`]
              : []),
          ].join('\n\n');
        },
      ),
    )
    .join('\n\n');

const sumWords = ({ of, per, within }: Sum): string =>
  `with other cases: all ${code(of)} of the same ${codes(per)} within ${within}`;

const beside = (outputs: Record<string, unknown>): string =>
  Object.entries(outputs)
    .map(([name, value]) => code(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`))
    .join(', ');

function conditions(when: Record<string, string>, last = 'nothing above holds'): string {
  const all = Object.entries(when).map(([fact, expression]) => {
    if (expression.includes('$')) return code(expression.replaceAll('$', fact));
    const isLiteral = /^('[^']*'|"[^"]*"|true|false|-?\d+(\.\d+)?)$/.test(expression.trim());
    return code(`${fact} ${isLiteral ? '= ' : ''}${expression}`);
  });
  return all.join(' and ') || last;
}
