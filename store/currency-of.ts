import { type Db, rows } from './pool.ts';

/** The currency of what was ruled on in a case, where it is one. */
export async function currencyOf(db: Db, caseId: string): Promise<string | null> {
  const found = await rows<{ currency: string }>(
    db,
    'cases.currency',
    `select distinct currency #>> '{}' as currency
     from rulings, jsonb_path_query(terms::jsonb, 'strict $.**.currency') currency
     where case_id = $1 and jsonb_typeof(currency) = 'string' limit 2`,
    [caseId],
  );
  return found.length === 1 ? found[0]!.currency : null;
}
