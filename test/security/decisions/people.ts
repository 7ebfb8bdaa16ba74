import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { accept } from '../../../store/inbox.ts';
import { setRoles } from '../../../store/members.ts';
import { type DecisionAttack, must, tries } from './arena.ts';

const buyer = ['buyers'];
const director = ['directors'];
const clerk = ['finance'];

/** Ways in by who somebody is, and by who stands in for whom. */
export const byPeople: Record<string, DecisionAttack> = {
  async 'somebody of another queue'({ world, people }) {
    const [outsider] = await people(director);
    const of = await world.open();
    const id = await of.ask();
    return tries(
      of,
      () => world.decide(id, outsider!),
      () => of.writes(id),
    );
  },

  async 'who asked for it, or whom it is about'({ world, people, random }) {
    const [person] = await people(buyer);
    const of = await world.open(random.int(0, 1) === 0 ? { requester: person! } : { about: person! });
    const id = await of.ask();
    return tries(
      of,
      () => world.decide(id, person!),
      () => of.writes(id),
    );
  },

  async 'who sent the request in the name of another, or had the key that did'({ world, people, random }) {
    const [person] = await people(buyer);
    const id = `S-${randomUUID().slice(0, 8)}`;
    const name = `k-${id}`;
    const isKey = random.int(0, 1) === 0;
    if (isKey)
      await world.pool.query(
        `insert into api_keys (id, name, scopes, secret_hash, made_by, makers, expires_at)
         values ($1, $1, '{}', '', 'amos', array[$2, 'amos'], now() + interval '1 hour')`,
        [name, person],
      );
    const [sentBy, requester] = isKey ? [`key:${name}`, `key:${name}`] : [person!, 'rita'];
    const sent = { process: 'spend', caseId: `spend/${id}`, request: { id }, requestDigest: '-', asOf: null };
    await accept(world.pool, { ...sent, sentBy, requester, idempotencyKey: id });
    const of = await world.open({ id, requester });
    const asked = await of.ask();
    return tries(
      of,
      () => world.decide(asked, person!),
      () => of.writes(asked),
    );
  },

  async 'who approved what another must check'({ world, people }) {
    const [person] = await people(buyer);
    const of = await world.open();
    await must(world.decide(await of.ask('review'), person!));
    const id = await of.ask('check');
    return tries(
      of,
      () => world.decide(id, person!),
      () => of.writes(id),
    );
  },

  async 'the delegate of a delegate'({ world, people }) {
    const [away, delegate, further] = await people(buyer, director, clerk);
    await world.delegates(away!, delegate!);
    await world.delegates(delegate!, further!);
    const of = await world.open();
    const id = await of.ask();
    return tries(
      of,
      () => world.decide(id, further!),
      () => of.writes(id),
    );
  },

  async 'a delegate whose delegator asked for it, or whom it is about'({ world, people, random }) {
    const [away, delegate] = await people(buyer, director);
    await world.delegates(away!, delegate!);
    const person = random.int(0, 1) === 0 ? away! : delegate!;
    const of = await world.open(random.int(0, 1) === 0 ? { requester: person } : { about: person });
    const id = await of.ask();
    return tries(
      of,
      () => world.decide(id, delegate!),
      () => of.writes(id),
    );
  },

  async 'a delegate whose delegator approved what another must check, or the other way round'(arena) {
    const { world, people, random } = arena;
    const [away, delegate] = await people(buyer, director);
    await world.delegates(away!, delegate!);
    const of = await world.open();
    const [first, second] = random.int(0, 1) === 0 ? [away!, delegate!] : [delegate!, away!];
    await must(world.decide(await of.ask('review'), first));
    const id = await of.ask('check');
    return tries(
      of,
      () => world.decide(id, second),
      () => of.writes(id),
    );
  },

  async 'a delegation that ended meanwhile'({ world, people, random }) {
    const [away, delegate] = await people(buyer, director);
    const delegation = await world.delegates(away!, delegate!);
    const of = await world.open();
    const id = await of.ask();
    if (random.int(0, 1) === 0) await world.post(id, 'claim', delegate!);
    await world.call('POST', `/delegations/${delegation}/end`, random.int(0, 1) === 0 ? away! : delegate!);
    return tries(
      of,
      () => world.decide(id, delegate!),
      () => of.writes(id),
    );
  },

  async 'a delegator or delegate who is gone by the time of the write'({ world, people, random }) {
    const [away, delegate] = await people(buyer, director);
    await world.delegates(away!, delegate!);
    const of = await world.open();
    const id = await of.ask();
    await must(world.decide(id, delegate!));
    const person = random.int(0, 1) === 0 ? away! : delegate!;
    await (random.int(0, 1) === 0 ? setRoles(world.pool, person, []) : world.deactivate(person));
    return tries(of, () => of.writes(id));
  },

  /** At once, or one after the other: whichever came first stands, and the other is refused. */
  async 'whoever had it, when it was reassigned meanwhile'({ world, people, random }) {
    const [former, next] = await people(buyer, buyer);
    const of = await world.open();
    const id = await of.ask();
    await world.post(id, 'claim', former!);
    const pause = random.int(0, 8);
    const [given, decided] = await Promise.all([
      world.post(id, 'assignment', 'amos', { to: next!, because: 'an attack' }).then(world.said),
      delay(pause).then(() => world.decide(id, former!)),
    ]);
    if (decided === '200') return tries(of, () => Promise.resolve(given));
    return tries(
      of,
      () => Promise.resolve(decided),
      () => of.writes(id),
    );
  },
};
