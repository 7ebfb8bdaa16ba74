import { useDeclared } from '../api/declared.ts';
import type { Handoff } from '../api/handoffs.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { texts } from './asked-texts.ts';
import { packetOf, packetSchema, termsOf, termsSchema } from './handoff-parts.ts';
import { useAddPlaces, withoutPlaces } from './places.ts';
import { currencyIn } from './schema.ts';

/** What a handoff asks, in one sentence: the same wherever it stands. */
export function useAsked(handoff: Handoff): string {
  const say = useTexts(texts);
  const words = useWords();
  const add = useAddPlaces();
  const { data: declared } = useDeclared(handoff.process);
  const { kind, process, name, on } = handoff;
  if (kind === 'task') return say('task', { handoff: words.shared('tasks', name) });
  const named = { handoff: words.of(process, 'handoffs', name) };
  if (kind === 'rework') return say('rework', named);
  if (name === 'repair' || name === 'supervision') return say(name);
  const [terms, packet, known] = [termsOf(handoff), packetOf(handoff), { handoff, declared }];
  const scope = { process, currency: currencyIn(terms) ?? currencyIn(packet) };
  const places = add({}, terms, termsSchema(known), 1, scope);
  const asks = words.asks(process, name, add(places, packet, packetSchema(known), 2, scope));
  return asks ? withoutPlaces(asks) : say(on === null ? 'takeover' : 'decision', named);
}
