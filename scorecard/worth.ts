import { z } from 'zod';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { minorUnits } from '../core/declare/values.ts';
import { noCurrency } from '../rules/currency.ts';
import { bodyOf, type FactLine } from './lines.ts';

/** What a case was worth, and the currency of each of it that is an amount. */
export interface Worth {
  /** As declared; 1 for a yes, 0 for a no. */
  impact: Record<string, number> | null;
  impactCurrencies: Record<string, string> | null;
}

/** An amount is of the currency of what was ruled on, where that is one. */
export function worthOf(
  impact: Record<string, unknown> | undefined,
  lines: readonly FactLine[],
  definition: Pick<ProcessDefinition, 'impact'> | undefined,
): Worth {
  const worth = Object.entries(impact ?? {})
    .filter(([, value]) => typeof value === 'boolean' || typeof value === 'number')
    .map(([name, value]): [string, number] => [name, Number(value)]);
  if (worth.length === 0) return { impact: null, impactCurrencies: null };
  const amounts = worth.filter(([name]) => isAmount(definition, name));
  const currency = amounts.length > 0 ? currencyOf(lines) : noCurrency;
  return {
    impact: Object.fromEntries(worth),
    impactCurrencies: amounts.length > 0 ? Object.fromEntries(amounts.map(([name]) => [name, currency])) : null,
  };
}

/** Whether it is declared as an amount in its currency's smallest unit. */
function isAmount(definition: Pick<ProcessDefinition, 'impact'> | undefined, name: string): boolean {
  const declared = definition?.impact?.shape[name];
  const field = declared instanceof z.ZodOptional ? (declared.unwrap() as z.ZodType) : declared;
  return field?.meta()?.['x-unit'] === minorUnits['x-unit'];
}

function currencyOf(lines: readonly FactLine[]): string {
  const ruled = lines.filter(({ type }) => type === 'policy.ruled');
  const [currency = noCurrency, ...others] = new Set(ruled.flatMap((line) => currenciesIn(bodyOf(line)['terms'])));
  return others.length > 0 ? noCurrency : currency;
}

function currenciesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(currenciesIn);
  return 'currency' in value && typeof value.currency === 'string' ? [value.currency, ...below] : below;
}
