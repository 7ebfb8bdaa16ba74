import { processWorld } from '../process-world.ts';
import { asOf, records, request, subscriptionId, termEnd } from './good-world.ts';

export type RenewalWorld = Awaited<ReturnType<typeof renewalWorld>>;

/** A whole Baton; every case gets a subscription of its own. */
export async function renewalWorld() {
  const whole = await processWorld('service-renewal');
  let cases = 0;

  return {
    ...whole,
    asked: whole.asksOf,
    /** So that no case of a test is the same as that of another. */
    next: () => `${subscriptionId}-${whole.taskQueue.slice(-6)}-${(cases += 1)}`,

    /** Seeds what is changed of the good world and starts a case on it; answers its id. */
    async begin(
      changes: Parameters<typeof records>[0] = {},
      asked: Record<string, unknown> = {},
      at: Date | string = asOf,
    ): Promise<string> {
      const theOne = { subscriptionId: this.next() };
      const { subscription, usage, price } = changes;
      await whole.seed(
        records({
          ...changes,
          subscription: { ...theOne, ...subscription },
          usage: { ...theOne, ...usage },
          price: { ...theOne, ...price },
        }),
      );
      const body = { ...request({ ...theOne, ...asked }), asOf: new Date(at).toISOString() };
      return whole.starts(body, theOne.subscriptionId);
    },

    records: async () => (await whole.held()) as unknown as ReturnType<typeof records>,

    /** What the customer says comes in as an event. */
    async says(caseId: string, name: string, more: object) {
      await whole.sends(name, { subscriptionId: caseId.split('/')[1]!.split(':')[0], termEnd, ...more });
    },

    /** What the case wrote, in order. */
    written: async (caseId: string) =>
      (await whole.journalOf(caseId)).map(({ operation, body }) => ({ operation, body })),
  };
}
