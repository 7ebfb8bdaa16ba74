import type { About, Entry } from './entry.ts';

export function costs(lines: Entry[], { rates, prices, undoes }: About) {
  let [model, fees, tokens, unpriced] = [0, 0, 0, false];
  const fee = (operation: string) => Math.round((rates.fees[operation] ?? 0) * 1_000_000);
  for (const { type, body, key, caseId } of lines) {
    if (type === 'context.assembled') for (const { reads } of body.read) fees += fee(reads);
    if (type === 'action.intended') {
      fees += fee(body.operation);
      const name = /^\w+/.exec(key.slice(caseId.length + 1))![0];
      const undo = undoes[`${caseId.split('/')[0]}/${name}`];
      if (undo && lines.some((line) => line.type === 'action.compensated' && line.key === key)) fees += fee(undo);
    }
    if (!type.startsWith('inference.') || !body.usage) continue;
    const { promptTokens, completionTokens } = body.usage;
    tokens += promptTokens + completionTokens;
    const price = prices[body.model];
    const cost =
      body.cost ??
      (price && {
        amount: promptTokens * price.prompt + completionTokens * price.completion,
        currency: price.currency,
      });
    const exchange = cost && (cost.currency === rates.currency ? 1 : rates.exchange[cost.currency]);
    if (exchange === undefined) unpriced = true;
    else model += Math.round(cost.amount * exchange);
  }
  return { model, fees, tokens, unpriced };
}
