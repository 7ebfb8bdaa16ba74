import type { TakenMessage } from '../store/sending.ts';
import { linkTo, pathOf } from './links.ts';
import type { Kind } from './moments.ts';
import type { Names } from './names.ts';
import { type Language, languageOf, say, sayWhen, type WordingKey } from './wording.ts';

/** A message in words, whatever it is sent by. All of it comes from the templates, the declarations and times, but for links. */
export interface Content {
  language: Language;
  subject: string;
  text: string;
  facts: readonly (readonly [label: string, value: string])[];
  /** Each with what it opens. */
  items: readonly { text: string; link: string }[];
  /** What stands behind the items that are too many. */
  more?: string | undefined;
  open: { label: string; link: string };
}

export interface Speaking {
  names: Names;
  publicUrl: string;
}

type About = NonNullable<TakenMessage['handoff']>;
type Named = Pick<About, 'process' | 'name'>;

/** A process and what it asks for, in words of the business. */
export function whatOf(names: Names, language: Language, { process, name }: Named) {
  const unnamed = say(language, 'unnamed');
  return {
    process: names.process(language, process) ?? unnamed,
    handoff: names.handoff(language, process, name) ?? unnamed,
  };
}

export const subjectOf = (names: Names, language: Language, moment: Kind, about: Named): string =>
  say(language, `${moment}.subject` as WordingKey, { what: say(language, 'what', whatOf(names, language, about)) });

/** What a message about one handoff says. */
export function contentOf({ names, publicUrl }: Speaking, message: TakenMessage, about: About): Content {
  const { moment, queue, path, timeZone } = message;
  const language = languageOf(message.language);
  const { process, handoff } = whatOf(names, language, about);
  const due = about.open ? sayWhen(language, timeZone, new Date(about.dueAt)) : undefined;
  const named = queue === null ? undefined : names.queue(language, queue);
  const fact = (key: WordingKey, value: string | undefined) =>
    value === undefined ? [] : [[say(language, key), value] as const];
  return {
    language,
    subject: subjectOf(names, language, moment, about),
    text: say(language, `${moment}.text` as WordingKey),
    facts: [
      ...fact('fact.process', process),
      ...fact('fact.handoff', handoff),
      ...fact('fact.queue', named),
      ...fact('fact.due', due),
    ],
    items: [],
    open: { label: say(language, 'open'), link: linkTo(publicUrl, path ?? pathOf.ownHandoffs) },
  };
}
