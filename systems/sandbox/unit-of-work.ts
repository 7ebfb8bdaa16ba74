import type { QueryResultRow } from 'pg';
import type { Kind, Records } from './declare.ts';

/** A record as it shall be: no `body`, it goes; no `version`, it must not exist yet. */
export interface Change {
  system: string;
  kind: string;
  id: string;
  version?: number;
  body?: unknown;
  terms?: string[];
}

export interface UnitOfWork extends Records {
  changes(): Change[];
}

/** Runs one statement under its name. */
export type Rows = <Row extends QueryResultRow>(name: string, text: string, values: unknown[]) => Promise<Row[]>;
interface Row {
  id: string;
  version: number;
  body: any;
}

const select = 'select id, version, body from sandbox.records where system = $1 and kind = $2';

/** Says the kind too: the index then needs nothing else. */
const nameOf = (kind: Kind, id: string) => `${kind.system}/${kind.kind}/${id}`;

const termOf = (kind: Kind, term: string) => `${kind.system}.${kind.kind}/${term}`;

export const change = (kind: Kind, body: unknown): Change => ({
  system: kind.system,
  kind: kind.kind,
  id: kind.id(body),
  body,
  terms: kind.terms(body).map((term) => termOf(kind, term)),
});

/** Remembers the version of each record it read, so that a change to one that moved on meanwhile can be refused. */
export function unitOfWork(rows: Rows): UnitOfWork {
  const versions = new Map<string, number>();
  const changes: Change[] = [];

  const found = (kind: Kind, list: Row[]): any[] =>
    list.map(({ id, version, body }) => {
      versions.set(nameOf(kind, id), version);
      return body;
    });
  const stage = (kind: Kind, each: Change) => {
    const version = versions.get(nameOf(kind, each.id));
    changes.push(version === undefined ? each : { ...each, version });
  };

  return {
    async get(kind, id) {
      return found(kind, await rows('get', `${select} and id = $3`, [kind.system, kind.kind, kind.form(id)]))[0];
    },
    async getAll(kind, ids) {
      const forms = ids.map(kind.form);
      const list = await rows<Row>('get-all', `${select} and id = any($3)`, [kind.system, kind.kind, forms]);
      return found(
        kind,
        list.toSorted((a, b) => forms.indexOf(a.id) - forms.indexOf(b.id)),
      );
    },
    async having(kind, term) {
      const text = 'select id, version, body from sandbox.records where terms @> array[$1] order by id';
      return found(kind, await rows('having', text, [termOf(kind, term)]));
    },
    put(kind, body) {
      stage(kind, change(kind, body));
    },
    remove(kind, body) {
      stage(kind, { system: kind.system, kind: kind.kind, id: kind.id(body) });
    },
    changes: () => changes,
  };
}
