import { type Model, ModelUnavailable, ModelUnusable, type Usage } from '../models/client.ts';
import { tracing, type Span } from '../telemetry/tracing.ts';
import { modelSeconds, modelTokens } from '../telemetry/workers.ts';

/** The model, measured and traced; by the semantic conventions of OpenTelemetry for generative models, without what was asked or answered. */
export function observedModel(model: Model): Model {
  const { name } = model;
  const attributes = {
    ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.output.type': 'json' },
    'gen_ai.request.model': name,
  };
  const used = (span: Span, usage: Usage | null) => {
    if (!usage) return;
    const { promptTokens, completionTokens } = usage;
    modelTokens.inc({ model: name, type: 'input' }, promptTokens);
    modelTokens.inc({ model: name, type: 'output' }, completionTokens);
    span.say({ 'gen_ai.usage.input_tokens': promptTokens, 'gen_ai.usage.output_tokens': completionTokens });
  };
  return {
    name,
    ask: (question) =>
      tracing.call({ name: `chat ${name}`, attributes }, async (span) => {
        const began = performance.now();
        const over = (outcome: string) =>
          modelSeconds.observe({ model: name, outcome }, (performance.now() - began) / 1_000);
        try {
          const answer = await model.ask(question);
          over('usable');
          used(span, answer.usage);
          span.say({ 'gen_ai.response.model': answer.model });
          return answer;
        } catch (error) {
          over(outcomeOf(error));
          if (error instanceof ModelUnusable) used(span, error.usage);
          throw error;
        }
      }),
  };
}

function outcomeOf(error: unknown): string {
  if (error instanceof ModelUnusable) return 'unusable';
  return error instanceof ModelUnavailable ? 'unavailable' : 'cancelled';
}
