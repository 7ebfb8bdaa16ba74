import type { ProcessDefinition } from '../core/declare/define.ts';
import { supervision } from '../core/declare/autonomy.ts';
import { taskKinds } from '../core/declare/tasks.ts';
import { queuesOf } from '../systems/queues-of.ts';

type Definitions = Readonly<Record<string, ProcessDefinition>>;

/** Handoffs that every process has without declaring them. */
const ofEvery = [supervision, 'repair', ...Object.keys(taskKinds)];

/** They see every scorecard. */
const leaders = ['data-leader', 'tech-leader', 'auditor'];

/** Letters, digits, blanks and hyphens alone: no sign of any markup, nothing that a program makes a link of, no direction of writing. */
const plain = /^[\p{L}\p{N}]+(?:[ -][\p{L}\p{N}]+)*$/u;
const longest = 80;

/** What a message may name: what is declared here, as long as it is a plain word. A name that a request gave a queue is not. */
export interface Names {
  process(name: string): string | undefined;
  handoff(process: string, name: string): string | undefined;
  queue(name: string): string | undefined;
  /** The processes whose scorecard is for somebody in these roles, as they are declared. */
  seenBy(roles: readonly string[]): string[];
}

export function namesOf(definitions: Definitions): Names {
  const queues = new Set(Object.values(definitions).flatMap((one) => [...queuesOf(one)]));
  const handoffs = (process: string): string[] =>
    Object.hasOwn(definitions, process) ? Object.keys(definitions[process]!.handoffs) : [];
  const among = (names: Iterable<string>, name: string) =>
    new Set(names).has(name) && plain.test(name) && name.length <= longest ? name : undefined;
  return {
    process: (name) => among(Object.keys(definitions), name),
    handoff: (process, name) => among([...ofEvery, ...handoffs(process)], name),
    queue: (name) => among(queues, name),
    seenBy: (roles) =>
      Object.values(definitions).flatMap(({ name, owner }) =>
        roles.some((role) => role === owner || leaders.includes(role)) ? name : [],
      ),
  };
}
