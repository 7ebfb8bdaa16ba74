import type { ProcessDefinition } from '../../core/define.ts';
import { fieldWords } from './schema-words.ts';
import { code, codes, table } from './table.ts';

interface Table {
  version: number;
  rows: { rule: string; because?: string; when?: Record<string, string>; verdict: string }[];
}

/** Every process's decision tables, as people read them. */
export const printPolicies = (definitions: readonly ProcessDefinition[]): string =>
  definitions
    .flatMap(({ name: process, policies }) =>
      Object.entries(policies).map(([name, { on, verdicts, facts, table: given }]) => {
        const { version, rows } = given as Table;
        return [
          `### ${process}: ${name}`,
          `Version ${version}, on the terms ${code(on)}. Verdicts, from the least to the most careful: ${codes(verdicts)}.`,
          table(
            ['', 'rule', 'when', 'verdict', 'because'],
            rows.map(({ rule, when = {}, verdict, because = '' }, n) => [
              String(n + 1),
              rule,
              conditions(when),
              verdict,
              because,
            ]),
          ),
          'Its facts:',
          table(
            ['fact', 'holds'],
            fieldWords(facts).map(([fact, words]) => [code(fact), words]),
          ),
        ].join('\n\n');
      }),
    )
    .join('\n\n');

function conditions(when: Record<string, string>): string {
  const all = Object.entries(when).map(([fact, expression]) => {
    if (expression.includes('$')) return code(expression.replaceAll('$', fact));
    const isLiteral = /^('[^']*'|"[^"]*"|true|false|-?\d+(\.\d+)?)$/.test(expression.trim());
    return code(`${fact} ${isLiteral ? '= ' : ''}${expression}`);
  });
  return all.join(' and ') || 'nothing above holds';
}
