import { attribution, refusalsByCause } from '../../scorecard/attribution.ts';
import { measures } from '../../scorecard/measures/index.ts';
import { labelsOf, levels } from '../../scorecard/measures/measure.ts';
import { code, codes, table } from './table.ts';

/** Every measure, by level, as it is declared. */
export const printMeasures = (): string =>
  levels
    .map((level) => {
      const its = measures.filter((one) => one.level === level);
      const rows = its.map((one) => [code(one.name), one.unit, one.definition, codes(labelsOf(one))]);
      return `### ${level}\n\n${table(['measure', 'unit', 'definition', 'by'], rows)}`;
    })
    .join('\n\n');

/** How the one cause of a case is found. */
export const printAttribution = (): string =>
  [
    table(
      ['cause', 'where the case failed because a step refused with'],
      Object.entries(refusalsByCause()).map(([cause, refusals]) => [code(cause), codes(refusals)]),
    ),
    table(
      ['else', 'cause'],
      attribution.map(({ cause, when }) => [when, code(cause)]),
    ),
  ].join('\n\n');
