import { Context } from '@temporalio/activity';
import { SystemBusy, SystemRefused, SystemUnavailable, SystemUnderWay, type Systems } from '../systems/client.ts';
import { splitOperation } from '../systems/index.ts';
import { tracing } from '../telemetry/tracing.ts';
import { systemRetries, systemSeconds } from '../telemetry/workers.ts';

interface Called {
  system: string;
  /** As declared: `payments.refund`. */
  operation: string;
  call: 'read' | 'write' | 'outcome' | 'fence' | 'effects';
}

/** The systems of record, measured and traced, without what they are given or answer. */
export function observedSystems(systems: Systems): Systems {
  const called = (call: Called['call'], operation: string): Called => ({
    ...{ system: splitOperation(operation)[0], operation, call },
  });
  return {
    conditionsOf: systems.conditionsOf,
    read: (operation, ...rest) => observed(called('read', operation), () => systems.read(operation, ...rest)),
    write: (operation, ...rest) => observed(called('write', operation), () => systems.write(operation, ...rest)),
    outcomeOf: (operation, ...rest) =>
      observed(called('outcome', operation), () => systems.outcomeOf(operation, ...rest), stateOf),
    fence: (operation, ...rest) =>
      observed(called('fence', operation), () => systems.fence(operation, ...rest), stateOf),
    effects: (system, ...rest) =>
      observed({ system, operation: 'effects', call: 'effects' }, () => systems.effects(system, ...rest)),
  };
}

const stateOf = ({ state }: { state: string }) => state;

const observed = <T>(called: Called, body: () => Promise<T>, kindOf: (answer: T) => string = () => 'done') => {
  const { operation, system, call } = called;
  const attributes = { 'baton.operation': operation, 'baton.call': call };
  return tracing.call({ name: `${call} ${operation}`, attributes }, async (span) => {
    if (isTriedAgain()) systemRetries.inc({ system, operation });
    const began = performance.now();
    const over = (answer: string) => {
      systemSeconds.observe({ ...called, answer }, (performance.now() - began) / 1_000);
      span.say({ 'baton.answer': answer });
    };
    try {
      const answer = await body();
      over(kindOf(answer));
      return answer;
    } catch (error) {
      over(kindOfFailure(error));
      throw error;
    }
  });
};

function kindOfFailure(error: unknown): string {
  if (error instanceof SystemRefused) return 'refused';
  if (error instanceof SystemBusy) return 'busy';
  if (error instanceof SystemUnderWay) return 'under-way';
  return error instanceof SystemUnavailable ? 'unavailable' : 'cancelled';
}

/** A verb's step (`performAction payCustomer`) is a local activity at first: an ordinary one is a further try. */
function isTriedAgain(): boolean {
  const { attempt, isLocal, activityType } = Context.current().info;
  return attempt > 1 || (!isLocal && activityType.includes(' '));
}
