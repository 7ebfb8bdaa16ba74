import express, { type ErrorRequestHandler, type Request, type Router } from 'express';
import { z } from 'zod';
import { isOneOfNames } from '../../rules/canonical.ts';
import { Refusal, type Records } from './declare.ts';
import { byMember, directory, Group, idOf, nameOf, User } from './directory.ts';
import { answer, spoiled, type WireOptions } from './wire.ts';

const mediaType = 'application/scim+json';
const schemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
};

const small = z.string().toLowerCase();
const Members = z.string().regex(/^(?:urn:ietf:params:scim:schemas:core:2\.0:Group:)?members$/i);
/** Members that a path selects: one, by its id. */
const OneMember = z
  .string()
  .regex(/^(?:urn:ietf:params:scim:schemas:core:2\.0:Group:)?members\[value eq "[^"\\]+"\]$/i);

const Patch = z.object({
  schemas: z.array(small.pipe(z.literal('urn:ietf:params:scim:api:messages:2.0:patchop'))).length(1),
  Operations: z
    .array(
      z.union([
        z.object({
          op: small.pipe(z.literal('add')),
          path: Members,
          value: z.array(z.object({ value: z.string() })).length(1),
        }),
        z.object({ op: small.pipe(z.literal('remove')), path: OneMember }),
      ]),
    )
    .length(1),
});

/** The directory as SCIM 2.0 (RFC 7644), as far as memberships go. It journals the operations that it is declared with. */
export function scim({ store, log, faults, dedupe }: WireOptions): Router {
  const router = express.Router();
  const logged = (req: Request, body: unknown) => {
    const key = req.get('idempotency-key') ?? null;
    log.add({ at: new Date().toISOString(), method: req.method, path: req.originalUrl, key, body });
  };

  router.get('/Users', async (req, res) => {
    logged(req, null);
    const { username, ...others } = filterOf(req);
    if (username === undefined || Object.keys(others).length > 0) throw invalid('invalidFilter');
    const user = await store.records().get(User, username);
    const resource = user && { schemas: [schemas.user], id: idOf(user.userName), ...user };
    res.type(mediaType).json(listed(req, resource ? [resource] : []));
  });

  router.get('/Groups', async (req, res) => {
    logged(req, null);
    const wanted = filterOf(req);
    const fault = 'displayname' in wanted ? undefined : faults.next('directory.membershipsOf');
    if (await spoiled(fault, res)) return;
    const withMembers = req.query['excludedAttributes'] !== 'members';
    const resources = (await groups(wanted, store.records())).map(({ displayName, members }) => ({
      ...{ schemas: [schemas.group], id: idOf(displayName), displayName },
      ...(withMembers ? { members: members.map((name) => ({ value: idOf(name), display: name })) } : {}),
    }));
    res.type(mediaType);
    answer(res, fault, listed(req, resources));
  });

  const json = express.json({ limit: '1mb', type: [mediaType, 'application/json'] });
  router.patch('/Groups/:id', json, async (req, res) => {
    logged(req, req.body);
    const key = req.get('idempotency-key');
    if (!key) throw invalid('invalidValue');
    const patch = Patch.safeParse(req.body);
    if (!patch.success) throw invalid('invalidSyntax');
    const change = patch.data.Operations[0]!;
    const member = change.op === 'add' ? change.value[0]!.value : change.path.split('"')[1]!;
    const operation = change.op === 'add' ? 'addMember' : 'removeMember';
    const fault = faults.next(`directory.${operation}`, key);
    if (await spoiled(fault, res)) return;
    const body = { employeeId: nameOf(member), roleId: nameOf(req.params['id']) };
    const effect = { system: 'directory', operation, key, body };
    const { same } = await store.write(effect, (records) => directory.writes[operation]!.run(body, records), dedupe);
    if (!same) throw new Refusal('uniqueness', `The key ${key} was used for something else.`, 409);
    if (fault) return answer(res, fault, {});
    res.status(204).end();
  });

  return router.use(refused);
}

const corePrefix = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/;

/** `userName eq "x" and members.value eq "y"`: attributes, in small letters, and what each equals. None: all there are. */
function filterOf({ query }: Request): Record<string, string> {
  const { filter } = query;
  if (filter === undefined) return {};
  const one = String.raw`([A-Za-z.:\d]+) eq ("(?:[^"\\]|\\.)*")`;
  if (typeof filter !== 'string' || !new RegExp(`^${one}(?: and ${one})*$`, 'i').test(filter))
    throw invalid('invalidFilter');
  const parts = [...filter.matchAll(new RegExp(one, 'gi'))];
  return Object.fromEntries(
    parts.map(([, attribute, value]) => [attribute!.toLowerCase().replace(corePrefix, ''), asText(value!)]),
  );
}

function asText(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw invalid('invalidFilter');
  }
}

async function groups(wanted: Record<string, string>, records: Records) {
  const { displayname, 'members.value': member, ...others } = wanted;
  if (Object.keys(others).length > 0) throw invalid('invalidFilter');
  const found =
    displayname === undefined
      ? await records.having(Group, member === undefined ? 'all' : byMember(nameOf(member)))
      : await records.getAll(Group, [displayname]);
  return found.filter(({ members }) => member === undefined || isOneOfNames(members, nameOf(member)));
}

function listed({ query }: Request, resources: object[]) {
  const startIndex = Math.max(1, Number(query['startIndex'] ?? 1));
  const page = resources.slice(startIndex - 1, startIndex - 1 + Number(query['count'] ?? 100));
  return {
    schemas: [schemas.list],
    ...{ totalResults: resources.length, startIndex, itemsPerPage: page.length, Resources: page },
  };
}

const invalid = (scimType: string) =>
  new Refusal(scimType, `The request is not one that is taken here: ${scimType}.`, 400);

const refused: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (!(error instanceof Refusal)) return next(error);
  const { status, code: scimType, message: detail } = error;
  res.status(status).type(mediaType);
  res.json({ schemas: [schemas.error], status: String(status), scimType, detail });
};
