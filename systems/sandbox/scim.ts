import express, { type ErrorRequestHandler, type Request, type Router } from 'express';
import { z } from 'zod';
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

const Patch = z.object({
  schemas: z.array(z.literal('urn:ietf:params:scim:api:messages:2.0:PatchOp')).length(1),
  Operations: z
    .array(
      z.union([
        z.object({
          op: z.literal('add'),
          path: z.literal('members'),
          value: z.array(z.object({ value: z.string() })).length(1),
        }),
        z.object({ op: z.literal('remove'), path: z.string().regex(/^members\[value eq "[^"\\]+"\]$/) }),
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
    const { userName, ...others } = filterOf(req);
    if (userName === undefined || Object.keys(others).length > 0) throw invalid('invalidFilter');
    const user = await store.records().get(User, userName);
    const resource = { schemas: [schemas.user], id: idOf(userName), ...user };
    res.type(mediaType).json(listed(req, user ? [resource] : []));
  });

  router.get('/Groups', async (req, res) => {
    logged(req, null);
    const wanted = filterOf(req);
    const fault = 'displayName' in wanted ? undefined : faults.next('directory.membershipsOf');
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
    const [change] = patch.data.Operations;
    const member = change!.op === 'add' ? change!.value[0]!.value : change!.path.split('"')[1]!;
    const operation = change!.op === 'add' ? 'addMember' : 'removeMember';
    const fault = faults.next(`directory.${operation}`);
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

/** `userName eq "x" and members.value eq "y"`: attributes and what each equals. */
function filterOf({ query }: Request): Record<string, string> {
  const { filter } = query;
  const parts = (typeof filter === 'string' ? filter : '').matchAll(/(?:^| and )([A-Za-z.]+) eq ("(?:[^"\\]|\\.)*")/gi);
  return Object.fromEntries([...parts].map(([, attribute, value]) => [attribute, JSON.parse(value!) as string]));
}

async function groups(wanted: Record<string, string>, records: Records) {
  const { displayName, 'members.value': member, ...others } = wanted;
  if (Object.keys(others).length > 0) throw invalid('invalidFilter');
  const found =
    displayName === undefined
      ? await records.having(Group, member === undefined ? 'all' : byMember(nameOf(member)))
      : await records.getAll(Group, [displayName]);
  return found.filter(({ members }) => member === undefined || members.includes(nameOf(member)));
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
