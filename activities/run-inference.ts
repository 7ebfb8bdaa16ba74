import { Context } from '@temporalio/activity';
import type { Activities } from '../core/run/activities.ts';
import type { Inference } from '../core/declare/definition.ts';
import type { Answer } from '../core/run/steps.ts';
import type { TextRef } from '../core/declare/texts.ts';
import { longTextsIn } from '../core/declare/values.ts';
import { ModelUnavailable, ModelUnusable, RequestRefused } from '../models/errors.ts';
import { placesOf } from '../models/quotes.ts';
import { withhold } from '../models/withhold.ts';
import { findCase } from '../store/cases.ts';
import { append } from '../store/record.ts';
import { recall, remember, unusableAnswers } from '../store/steps.ts';
import { readText } from '../store/texts.ts';
import { milliseconds } from '../rules/calendar.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { later, parse, refuse, triedFor } from './failures.ts';
import { holdToModelSwitch } from './held.ts';
import { bytesOf, maxBytes } from './size.ts';

/** A model that answers three times with nothing usable will not do better the fourth time. */
const mostUnusable = 3;

export const runInference =
  (deps: Dependencies): Activities['runInference'] =>
  async ({ caseId, process, name, key, given }) => {
    const known = await recall<Answer>(deps.pool, key, given);
    if (known) return known;

    const declaration = declared(definitionOf(deps, process).inferences, name, 'inference');
    const { instructions, returns, quotesFrom, misquotes, confidenceThreshold, retryFor } = declaration;
    const held = await holdToModelSwitch(deps, caseId, key);
    const attempt = Context.current().info.attempt - held.times;
    const thisTry = `${key}/${attempt}`;
    try {
      const shown = await whatTheModelSees(deps, declaration, caseId, given);
      const answered = await deps.model.ask({
        name: `${process}_${name}`,
        instructions,
        given: shown.given,
        returns,
        ...(quotesFrom ? { quotesFrom, misquotes } : {}),
        signal: Context.current().cancellationSignal,
        timeoutMs: deps.timing.modelCallMs,
        key: thisTry,
      });
      const { answer, confidence, evidence, dropped, ...how } = answered;
      const confident = confidence >= confidenceThreshold && dropped.length === 0;
      const places = quotesFrom && { places: placesOf(answer, shown.given, quotesFrom, shown.starts) };
      const less = dropped.length > 0 ? { dropped } : {};
      const result: Answer = { answer, confident, confidence, evidence, ...places, ...less };
      if (bytesOf(result) > maxBytes)
        throw new ModelUnusable(`an answer of more than ${maxBytes} bytes`, '', how.usage, how.cost);
      const entry = {
        caseId,
        type: 'inference.answered',
        key,
        actor: `model:${how.model}`,
        body: { ...result, ...how, ...shown.left },
      };
      return await remember(deps.pool, given, result, entry);
    } catch (error) {
      const left = milliseconds(retryFor) + held.heldMs - triedFor();
      const until = new Date(Date.now() + Math.max(0, left)); // then the fallback stands
      const line = { caseId, key: thisTry, actor: 'model' };
      if (error instanceof ModelUnavailable) {
        await append(deps.pool, { ...line, type: 'inference.unavailable', body: { ...error.details, until } });
        if (left < 0) throw refuse('model-unavailable', error.message);
        throw later('model-unavailable', error.message, Math.ceil(Math.min(error.retryAfterMs ?? 0, left)));
      }
      if (error instanceof ModelUnusable) {
        await append(deps.pool, { ...line, type: 'inference.unusable', body: { ...error.details, until } });
        const isLast =
          error instanceof RequestRefused ||
          left < 0 ||
          (await unusableAnswers(deps.pool, caseId, key)) >= mostUnusable;
        if (isLast) throw refuse('model-unusable', error.message);
      }
      throw error;
    }
  };

/** The declared fields and no others, texts that are stored apart in full, and without what is withheld. */
async function whatTheModelSees(
  { pool }: Dependencies,
  { given: schema, withholds }: Inference,
  caseId: string,
  given: unknown,
) {
  const shown = { ...parse(schema, given, 'input-invalid') };
  const starts: Record<string, number> = {};
  for (const field of longTextsIn(schema)) {
    if (!shown[field]) continue;
    const found = await readText(pool, shown[field] as TextRef);
    if (!found) throw refuse('input-invalid', `${field}: there is no such text`);
    [shown[field], starts[field]] = [found.text, found.from];
  }
  if (!withholds) return { given: shown, starts, left: {} };
  const request = (await findCase(pool, caseId))!.request as Record<string, unknown>;
  const secrets = Object.fromEntries(withholds.map((field) => [field, request[field]]));
  const { given: rest, ...said } = withhold(shown, secrets);
  return { given: rest, starts, left: { withheld: { fields: withholds, ...said } } };
}

/** Nobody's judgement: not confident, so that policy sends the case to a person. */
export const fallBack =
  (deps: Dependencies): Activities['fallBack'] =>
  async ({ caseId, process, name, key, given, because }) => {
    const known = await recall<Answer>(deps.pool, key, given);
    if (known) return known;
    const { returns, fallback } = declared(definitionOf(deps, process).inferences, name, 'inference');
    const result: Answer = { answer: returns.parse(fallback), confident: false, confidence: 0, evidence: [] };
    const entry = { caseId, type: 'inference.fell-back', key, actor: 'baton', body: { ...result, because } };
    return remember(deps.pool, given, result, entry);
  };
