import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** In what a directory differs from others, within SCIM 2.0 or near it. */
export interface Ways {
  users?: Record<string, object>;
  groups?: Record<string, string[]>;
  /** What it does with a filter for members. */
  memberFilter?: 'taken' | 'refused' | 'unimplemented' | 'ignored' | 'one group at a time';
  /** What it does with a filter for names. */
  nameFilter?: 'taken' | 'refused' | 'ignored';
  /** It refuses a question that leaves attributes out. */
  wholeOnly?: boolean;
  /** It says of a user which groups they are in. */
  userGroups?: boolean;
  /** It says of a group who is in it. */
  showsMembers?: boolean;
  /** The most resources in one page. */
  mostAtOnce?: number;
  /** Every answer with resources, as it shall leave. */
  answers?: (body: any) => unknown;
  /** What it says to a change that changes nothing. */
  noChange?: { status: number; body?: object };
  /** What it says to every change, of which it makes none. */
  refuses?: { status: number; body?: object };
  /** A group has a version; `stale`: so often is it another than was read. */
  versions?: { stale: number };
}

export interface Directory {
  url: string;
  members: (displayName: string) => string[];
  /** What came: method, address, and the headers of a change. */
  requests: { line: string; headers: http.IncomingHttpHeaders; body: any }[];
  stop: () => void;
}

const error = (status: number, detail: string, scimType?: string) => ({
  status,
  body: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    ...{ status: String(status), detail },
    ...(scimType ? { scimType } : {}),
  },
});
type Answer = { status: number; body?: object };

/** A directory over SCIM 2.0 with the ways of one vendor or another. Of names, it does not look at the case. */
export async function aDirectory(ways: Ways): Promise<Directory> {
  const { users = {}, groups = {}, memberFilter = 'taken', nameFilter = 'taken', mostAtOnce = 1_000, versions } = ways;
  const idOf = (name: string) => `id-${Buffer.from(name).toString('hex')}`;
  const nameOf = (id: string) => Buffer.from(id.slice(3), 'hex').toString();
  const requests: Directory['requests'] = [];
  let stale = versions?.stale ?? 0;

  const userOf = (userName: string) => ({
    ...{ id: idOf(userName), userName, ...users[userName] },
    ...(ways.userGroups ? { groups: inGroups(userName).map((name) => ({ value: idOf(name), type: 'direct' })) } : {}),
  });
  const inGroups = (userName: string) => Object.keys(groups).filter((name) => groups[name]!.includes(userName));
  const groupOf = (displayName: string, more = true) => ({
    ...{ id: idOf(displayName), displayName },
    ...(versions ? { meta: { version: `W/"${groups[displayName]!.length}"` } } : {}),
    ...(more && ways.showsMembers !== false
      ? { members: groups[displayName]!.map((userName) => ({ value: idOf(userName) })) }
      : {}),
  });

  function found(type: string, query: URLSearchParams): Answer {
    const filter = query.get('filter') ?? '';
    if (ways.wholeOnly && query.has('excludedAttributes')) return error(400, 'excludedAttributes is not supported');
    const [, attribute, value] = /^([\w.]+) eq "(.*?)"/.exec(filter) ?? [];
    const all = Object.keys(type === 'Users' ? users : groups);
    let names = all;
    const same = (name: string) => name.toLowerCase() === value!.toLowerCase();
    if (attribute === 'userName' || attribute === 'displayName') {
      if (nameFilter === 'refused') return error(400, `${attribute} is not supported`, 'invalidFilter');
      names = nameFilter === 'ignored' ? all : all.filter(same);
    } else if (attribute === 'members.value') {
      if (memberFilter === 'unimplemented') return error(501, 'not implemented');
      if (memberFilter === 'refused' || memberFilter === 'one group at a time') return error(400, 'not supported');
      names = memberFilter === 'ignored' ? all : inGroups(nameOf(value!));
    } else if (attribute === 'id') {
      if (memberFilter !== 'one group at a time') return error(400, 'not supported', 'invalidFilter');
      const member = / and members eq "(.*)"$/.exec(filter)![1]!;
      names = inGroups(nameOf(member)).filter((name) => idOf(name) === value);
    }
    const startIndex = Number(query.get('startIndex') ?? 1);
    const page = names.slice(startIndex - 1, startIndex - 1 + Math.min(Number(query.get('count') ?? 100), mostAtOnce));
    const withMembers = query.get('excludedAttributes') !== 'members';
    const Resources = page.map((name) => (type === 'Users' ? userOf(name) : groupOf(name, withMembers)));
    return { status: 200, body: { totalResults: names.length, startIndex, itemsPerPage: page.length, Resources } };
  }

  function changed(id: string, ifMatch: string | undefined, { Operations: [change] }: any): Answer {
    if (ways.refuses) return ways.refuses;
    const members = groups[nameOf(id)]!;
    if (versions && (stale-- > 0 || ifMatch !== groupOf(nameOf(id)).meta!.version)) return error(412, 'has changed');
    const adds = change.op === 'add';
    const member = nameOf(adds ? change.value[0].value : change.path.split('"')[1]);
    if (members.includes(member) === adds && ways.noChange) return ways.noChange;
    groups[nameOf(id)] = [...members.filter((one) => one !== member), ...(adds ? [member] : [])];
    return { status: 204 };
  }

  async function answerTo(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
    const url = new URL(req.url!, 'http://directory');
    let text = '';
    for await (const chunk of req) text += String(chunk);
    const body = text === '' ? null : JSON.parse(text);
    requests.push({ line: `${req.method} ${url.pathname}${url.search}`, headers: req.headers, body });
    const [, type = '', id] = url.pathname.split('/');
    let answer: Answer;
    if (req.method === 'PATCH') answer = changed(id!, req.headers['if-match'], body);
    else if (id && !(nameOf(id) in groups)) answer = error(404, 'is gone');
    else if (id) answer = { status: 200, body: groupOf(nameOf(id), false) };
    else answer = found(type, url.searchParams);
    const shown = answer.status === 200 && ways.answers ? ways.answers(answer.body) : answer.body;
    res.writeHead(answer.status, { 'content-type': 'application/scim+json' });
    res.end(shown && JSON.stringify(shown));
  }
  const server = http.createServer((req, res) => void answerTo(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests },
    members: (displayName) => groups[displayName]!,
    stop: () => void server.close().closeAllConnections(),
  };
}
