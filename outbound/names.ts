import type { ProcessDefinition } from '../core/declare/definition.ts';
import { supervision } from '../core/declare/autonomy.ts';
import { taskKinds } from '../core/declare/tasks.ts';
import { queuesOf } from '../systems/queues-of.ts';
import type { Language } from './wording.ts';

type Definitions = Readonly<Record<string, ProcessDefinition>>;
type Texts = Readonly<Record<string, string>>;

/** What declared names are called in one language. */
export interface Called {
  shared: Readonly<Record<'queues' | 'handoffs' | 'tasks', Texts>>;
  processes: Readonly<Record<string, { title: string; handoffs: Readonly<Record<string, { title: string }>> }>>;
}

/** Handoffs that every process has without declaring them. */
const ofEvery = [supervision, 'repair', ...Object.keys(taskKinds)];

/** They see every scorecard. */
const leaders = ['data-leader', 'tech-leader', 'auditor'];

/** Letters, digits, blanks and hyphens alone: no sign of any markup, nothing that a program makes a link of, no direction of writing. */
const plain = /^[\p{L}\p{N}]+(?:[ -][\p{L}\p{N}]+)*$/u;
const longest = 80;

/**
 * What a message may name: what is declared here, in words of the business, as long as these are plain. A name that a request gave
 * a queue is not.
 */
export interface Names {
  process(language: Language, name: string): string | undefined;
  handoff(language: Language, process: string, name: string): string | undefined;
  queue(language: Language, name: string): string | undefined;
  /** The processes whose scorecard is for somebody in these roles, as they are declared. */
  seenBy(roles: readonly string[]): string[];
}

/** What `words` do not name stands as it is declared. */
export function namesOf(definitions: Definitions, words: Readonly<Record<Language, Called>>): Names {
  const queues = new Set(Object.values(definitions).flatMap((one) => [...queuesOf(one)]));
  const processes = new Set(Object.keys(definitions));
  const handoffs = (process: string) =>
    new Set([...ofEvery, ...(processes.has(process) ? Object.keys(definitions[process]!.handoffs) : [])]);
  const said = (declared: ReadonlySet<string>, name: string, word: (name: string) => string | undefined) => {
    const text = declared.has(name) ? (word(name) ?? name) : '';
    return plain.test(text) && text.length <= longest ? text : undefined;
  };
  return {
    process: (language, name) => said(processes, name, () => words[language].processes[name]?.title),
    handoff: (language, process, name) => {
      const { shared, processes: all } = words[language];
      return said(
        handoffs(process),
        name,
        () => all[process]?.handoffs[name]?.title ?? shared.handoffs[name] ?? shared.tasks[name],
      );
    },
    queue: (language, name) => said(queues, name, () => words[language].shared.queues[name]),
    seenBy: (roles) =>
      Object.values(definitions).flatMap(({ name, owner }) =>
        roles.some((role) => role === owner || leaders.includes(role)) ? name : [],
      ),
  };
}
