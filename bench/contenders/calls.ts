import type { z } from 'zod';
import type { Model } from '../../models/client.ts';
import type { Systems } from '../../systems/client.ts';
import { definition } from '../../workflows/refund/definition.ts';

type Definition = typeof definition;
export type Request = z.output<Definition['request']>;
type Context = Definition['context'];
type Customer = z.output<Context['customer']['gives']>;
type Orders = z.output<Context['orders']['gives']>;
type Assessment = z.output<Definition['inferences']['assess']['returns']>;

/** What a refund calls, straight: no store, no record, no policy, nothing checked. */
export interface Calls {
  identify(by: Request['claims']): Promise<Customer>;
  listOrders(by: { orderIds: string[] }): Promise<Orders>;
  assess(given: unknown): Promise<Assessment & { confident: boolean }>;
  postCreditNote(key: string, input: unknown): Promise<{ creditNoteId: string }>;
  requestReturn(key: string, input: unknown): Promise<{ returnId: string }>;
  payCustomer(key: string, input: unknown): Promise<{ refundId: string }>;
  tellCustomer(key: string, input: unknown): Promise<{ messageId: string }>;
}

export const options = { timeoutMs: 10_000 };
const { assess } = definition.inferences;

export function createCalls(systems: Systems, model: Model): Calls {
  const read = (operation: string) => async (by: unknown) => (await systems.read(operation, by, options)).data as never;
  const write = (operation: string) => async (key: string, input: unknown) =>
    (await systems.write(operation, key, input, options)) as never;
  return {
    identify: read(definition.context.customer.reads),
    listOrders: read(definition.context.orders.reads),
    async assess(given) {
      const { answer, confidence } = await model.ask({
        name: 'refund_assess',
        instructions: assess.instructions,
        given: assess.given.parse(given),
        returns: assess.returns,
        signal: new AbortController().signal,
        timeoutMs: 60_000,
        key: 'bench',
      });
      return { ...answer, confident: confidence >= assess.confidenceThreshold };
    },
    postCreditNote: write(definition.actions.postCreditNote.does),
    requestReturn: write(definition.actions.requestReturn.does),
    payCustomer: write(definition.actions.payCustomer.does),
    tellCustomer: write(definition.actions.tellCustomer.does),
  };
}
