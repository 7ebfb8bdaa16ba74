import { Context } from '@temporalio/activity';
import type { Activities } from '../core/activities.ts';
import type { Answer } from '../core/steps.ts';
import { ModelUnavailable, ModelUnusable } from '../models/errors.ts';
import { append } from '../store/record.ts';
import { recall, remember } from '../store/steps.ts';
import { milliseconds } from './calendar.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { parse, refuse, triedFor } from './failures.ts';
import type { Pace } from './pace.ts';

/** A model that answers three times with nothing usable will not do better the fourth time. */
const unusableAnswers = 3;

export const runInference =
  (deps: Dependencies, pace: Pace): Activities['runInference'] =>
  async ({ caseId, process, name, key, given }) => {
    const known = await recall<Answer>(deps.pool, key, given);
    if (known) return known;

    const declaration = declared(definitionOf(deps, process).inferences, name, 'inference');
    const { instructions, returns, quotesFrom, sureAt, patience } = declaration;
    const { attempt, isLocal } = Context.current().info;
    const thisTry = isLocal ? `${key}/0` : `${key}/${attempt}`;
    try {
      const answered = await pace.measure(`${process}/${name}`, isLocal, () =>
        deps.model.ask({
          name: `${process}_${name}`,
          instructions,
          given: parse(declaration.given, given, 'input-invalid'), // what was not declared is not sent
          returns,
          ...(quotesFrom ? { quotesFrom } : {}),
          signal: Context.current().cancellationSignal,
          timeoutMs: isLocal ? deps.timing.quickCallMs : deps.timing.modelCallMs,
          key: thisTry,
        }),
      );
      const { answer, confidence, evidence, ...how } = answered;
      const result: Answer = { answer, confident: confidence >= sureAt, confidence, evidence };
      const entry = {
        caseId,
        type: 'inference.answered',
        key,
        actor: `model:${how.model}`,
        body: { ...result, ...how },
      };
      return await remember(deps.pool, given, result, entry);
    } catch (error) {
      const over = triedFor() > milliseconds(patience);
      if (error instanceof ModelUnusable) {
        const { reason, output, usage, cost } = error;
        const body = { reason, output, usage, cost };
        await append(deps.pool, { caseId, type: 'inference.unusable', key: thisTry, actor: 'model', body });
        if (over || attempt >= unusableAnswers) throw refuse('model-unusable', error.message);
      }
      if (error instanceof ModelUnavailable && over) throw refuse('model-unavailable', error.message);
      throw error;
    }
  };

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
