import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { useAround } from './around.tsx';
import { usePlaces, withoutPlaces } from './places.ts';
import { texts } from './texts.ts';

/** What is asked, in one sentence. */
export function useAsked(): string {
  const say = useTexts(texts);
  const words = useWords();
  const { ofHandoff } = usePlaces();
  const { handoff } = useAround();
  const { kind, process, name, on } = handoff;
  if (kind === 'task') return say('asks.task', { handoff: words.shared('tasks', name) });
  if (kind === 'rework') return say('asks.rework');
  if (name === 'repair' || name === 'supervision') return say(`asks.${name}`);
  const named = { handoff: words.of(process, 'handoffs', name) };
  const asks = words.asks(process, name, ofHandoff());
  return asks ? withoutPlaces(asks) : say(on === null ? 'asks.takeover' : 'asks.decision', named);
}
