import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuthorityWorld } from '../../authority/world.ts';
import { type Arena, type DecisionAttack, must, tries } from './arena.ts';

const buyer = ['buyers'];

/** A key for the process's cases, as an administrator makes it. */
async function keyOf(world: AuthorityWorld) {
  const name = `k-${randomUUID().slice(0, 8)}`;
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const scopes = ['cases.start:spend', 'cases.read:spend', 'events.send:spend'];
  const { body } = await world.call('POST', '/keys', 'amos', { name, scopes, expiresAt });
  const { id, key: token } = body as { id: string; key: string };
  const by = async (method: string, url: string, body?: unknown) =>
    world.said(await world.api.call(method, url, { token, body, headers: { 'idempotency-key': randomUUID() } }));
  const decide = async (handoffId: string) => {
    const { version } = (await world.handoff(handoffId))!;
    return by('POST', `/handoffs/${encodeURIComponent(handoffId)}/decision`, { verdict: 'approved', version });
  };
  return { id, requester: `key:${name}`, by, decide };
}

/** Each ends what its bearer holds at once. */
const endsOfKeys = [
  (world: AuthorityWorld, id: string) => world.call('DELETE', `/keys/${id}`, 'amos'),
  (world: AuthorityWorld, id: string) => world.call('POST', `/keys/${id}/rotation`, 'amos', { overlapSeconds: 0 }),
];

/** Ways in by what changes between looking and answering. */
export const byWhatChanges: Record<string, DecisionAttack> = {
  /** While it counts it decides nothing; once it is revoked it does nothing at all. */
  async 'a key that is revoked meanwhile'({ world, random }) {
    const key = await keyOf(world);
    const of = await world.open({ requester: key.requester });
    const id = await of.ask();
    const pause = random.int(0, 25);
    const end = random.pick(endsOfKeys);
    const [decided] = await Promise.all([key.decide(id), delay(pause).then(() => end(world, key.id))]);
    return tries(
      of,
      () => Promise.resolve(decided),
      () => key.decide(id),
      () => key.by('POST', '/processes/spend/cases', { id: `S-${randomUUID().slice(0, 8)}` }),
      () => key.by('GET', `/cases/${encodeURIComponent(of.caseId)}`),
      () => of.writes(id),
    );
  },

  async 'a packet that changed meanwhile'(arena) {
    return arena.random.int(0, 1) === 0 ? asked(arena) : amended(arena);
  },
};

/** At once, or one after the other: whichever came first stands, and the other is refused. */
async function asked({ world, people, random }: Arena) {
  const [approver, other] = await people(buyer, buyer);
  const of = await world.open();
  const id = await of.ask();
  const { version } = (await world.handoff(id))!;
  const pause = random.int(0, 8);
  const [question, decided] = await Promise.all([
    world.post(id, 'questions', other!, { to: 'requester', question: 'What for?' }).then(world.said),
    delay(pause).then(() => world.decide(id, approver!, { version })),
  ]);
  if (decided === '200') return tries(of, () => Promise.resolve(question));
  await must(Promise.resolve(question));
  return tries(
    of,
    () => Promise.resolve(decided),
    () => of.writes(id),
  );
}

/** Of two who must approve one changes the terms: the other has approved none of these, whoever came first. */
async function amended({ world, people, random }: Arena) {
  const [first, second] = await people(buyer, buyer);
  const of = await world.open({ amount: 500 });
  const id = await of.ask('board');
  const { version } = (await world.handoff(id))!;
  const amount = random.int(101, 900);
  const amend = { version, amend: { amount: amount === 500 ? 499 : amount }, because: 'an attack' };
  const pause = random.int(0, 8);
  const [changed, approved] = await Promise.all([
    world.decide(id, first!, amend),
    delay(pause).then(() => world.decide(id, second!, { version })),
  ]);
  await must(Promise.resolve(changed));
  await of.ruleAgain(amend.amend.amount);
  return tries(
    of,
    ...(approved === '200' ? [] : [() => Promise.resolve(approved)]),
    () => of.writes(id),
    () => of.writes(id, amend.amend.amount),
  );
}
