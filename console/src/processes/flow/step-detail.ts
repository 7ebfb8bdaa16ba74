import type { Contracts } from '../../api/processes.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { percent } from '../../shared/amounts.ts';
import { useSpans } from '../use-spans.ts';
import type { Step } from './model.ts';
import { texts } from './texts.ts';

/** Answers the one thing about a step that its owner looks for first. */
export function useDetail({ process, contracts }: { process: string; contracts: Contracts }) {
  const say = useTexts(texts);
  const words = useWords();
  const spans = useSpans();
  const { language } = useLanguage();
  const { key, sources, inferences, handoffs, events, actions } = contracts;
  return ({ kind, name }: Step): string | undefined => {
    if (kind === 'request')
      return say('by-key', { key: key.map((field) => words.of(process, 'fields', field)).join(', ') });
    if (kind === 'read' && sources[name]) return say('old-at-most', { span: spans(sources[name].maxAge) });
    if (kind === 'inference' && inferences[name])
      return say('sure-from', { share: percent(inferences[name].confidenceThreshold, language) });
    if (kind === 'event' && events[name]) return say('within-at-most', { span: spans(events[name].within) });
    if (kind === 'action' && actions[name]) return say(actions[name].irreversible ? 'irreversible' : 'reversible');
    const owner = kind === 'handoff' ? handoffs[name]?.owner : undefined;
    if (owner === undefined) return undefined;
    const by = /^by (ruling|record|request):/.exec(owner)?.[1] as 'ruling' | 'record' | 'request' | undefined;
    return by ? say(`by-${by}`) : words.shared('queues', owner);
  };
}
