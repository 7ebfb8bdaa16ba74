import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../../scripts/embedded/service.ts';
import { dataDir, payloadKeys, service, temporal } from '../harness.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { until, type World } from '../world.ts';

/** What becomes of a refund that is small, that a lead must see, and that the rules refuse. */
export const kinds = { small: 'refunded', large: 'refunded', refused: 'declined' } as const;
export type Kind = keyof typeof kinds;
const statusAndPrice = {
  small: ['delivered', 4_900],
  large: ['delivered', 80_000],
  refused: ['processed', 3_000],
} as const;

export interface Member {
  caseId: string;
  kind: Kind;
  request: ReturnType<typeof goodRequest>;
}

/** So many refunds, each of an order and a customer of its own, of mixed kinds; seeds the systems with their orders. */
export async function crowd(world: World, size: number): Promise<Member[]> {
  const kindOf = (n: number): Kind => (['small', 'small', 'large', 'small', 'refused'] as const)[n % 5]!;
  const members = Array.from({ length: size }, (_, n) => {
    const wishes = [{ action: 'return', orderId: `O-${n}`, itemIds: [`I-${n}`], refundTo: 'card-1' }];
    const request = goodRequest({ wishes, claims: { email: `c-${n}@mail.example` } });
    return { caseId: `refund/${request.requestId}`, kind: kindOf(n), request };
  });
  const orders = members.map(({ kind }, n) => {
    const [status, price] = statusAndPrice[kind];
    const items = [{ itemId: `I-${n}`, productId: 'P', name: 'Thing', price }];
    const payments = [{ kind: 'payment', paymentMethodId: 'card-1', amount: price }];
    return { orderId: `O-${n}`, customerId: `C-${n}`, status, currency: 'EUR', items, payments };
  });
  const customers = members.map((_, n) => ({
    ...records.crm.customers[0]!,
    customerId: `C-${n}`,
    email: `c-${n}@mail.example`,
  }));
  await world.seed({ crm: { customers }, orders: { orders } });
  return members;
}

/** The effects that a member's outcome says, and no others, by their keys. */
export const effectsOf = ({ caseId, kind }: Member): string[] =>
  kind === 'refused'
    ? []
    : ['postCreditNote:payout-1', 'requestReturn:return-1', 'payCustomer:payout-1', 'tellCustomer'].map(
        (name) => `${caseId}/${name}-1`,
      );

/** The API of this world as a process of its own. */
export async function apiProcess(world: World, port = 0): Promise<Service> {
  const { address } = await temporal();
  return service('api/main.ts', {
    ...{ DATABASE_URL: world.databaseUrl, TEMPORAL_ADDRESS: address, TASK_QUEUE: world.taskQueue },
    ...{ DATA_DIR: dataDir, PAYLOAD_KEYS: payloadKeys, PORT: String(port) },
  });
}

/** Calls the API as one of the development people, again while it is away. */
export function callerOf(url: string) {
  const tokens = new Map<string, string>();
  return async (person: string, method: string, path: string, body?: unknown, key?: string): Promise<any> => {
    for (let tries = 1; ; tries++) {
      try {
        const token = tokens.get(person) ?? (await (await fetch(`${url}/dev/identity/tokens/${person}`)).text());
        tokens.set(person, token);
        const response = await fetch(url + path, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            ...(key ? { 'idempotency-key': key } : {}),
          },
          body: body === undefined ? null : JSON.stringify(body),
        });
        if (response.ok || response.status === 409) return await response.json();
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`, { cause: response.status });
      } catch (error) {
        if ((error as Error).cause === undefined || typeof (error as Error).cause === 'number' || tries > 100)
          throw error;
        await delay(200); // refused or reset: the process is not there
      }
    }
  };
}
export type Call = ReturnType<typeof callerOf>;

export const send = (call: Call, { request }: Member) =>
  call('storefront', 'POST', '/processes/refund/cases', request, request.requestId);

/** Approves, as a lead, whatever waits for one, until `all` cases are closed. */
export async function approveUntilClosed(world: World, call: Call, all: number): Promise<void> {
  await until(
    async () => {
      const { handoffs } = await call('leo', 'GET', '/handoffs?owner=support-leads&state=open&limit=100');
      for (const { id, version } of handoffs as { id: string; version: number }[]) {
        await call('leo', 'POST', `/handoffs/${encodeURIComponent(id)}/decision`, { verdict: 'approved', version });
      }
      return (await closed(world)) === all;
    },
    `${all} cases are closed`,
    90_000,
  );
}

export async function closed(world: World): Promise<number> {
  const { rows } = await world.pool.query('select count(*)::int as n from cases where closed_at is not null');
  return rows[0].n as number;
}

export async function outcomes(world: World): Promise<Map<string, string>> {
  const { rows } = await world.pool.query('select case_id, outcome from cases');
  return new Map(rows.map((row: { case_id: string; outcome: string }) => [row.case_id, row.outcome]));
}
