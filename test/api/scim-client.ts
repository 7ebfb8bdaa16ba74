import assert from 'node:assert/strict';
import type { Got, World } from './world.ts';

/** An identity provider that provisions over HTTP with a key. */
export interface ScimClient {
  send(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Got>;
  user(userName: string, more?: object): Promise<string>;
  group(displayName: string, members?: string[], more?: object): Promise<string>;
  patch(path: string, ...operations: object[]): Promise<Got>;
}

export function scimClient(here: World, token: string): ScimClient {
  const send: ScimClient['send'] = (method, path, body, headers = {}) =>
    here.call(method, `/scim/v2${path}`, {
      token,
      ...(body === undefined ? {} : { body }),
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }), ...headers },
    });
  const create = async (type: 'User' | 'Group', body: object) => {
    const schemas = [`urn:ietf:params:scim:schemas:core:2.0:${type}`];
    const made = await send('POST', `/${type}s`, { schemas, ...body });
    assert.equal(made.status, 201, made.text);
    return made.body.id as string;
  };
  return {
    send,
    user: (userName, more = {}) => create('User', { userName, active: true, ...more }),
    group: (displayName, members = [], more = {}) =>
      create('Group', { displayName, members: members.map((value) => ({ value })), ...more }),
    patch: (path, ...Operations) =>
      send('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations }),
  };
}
