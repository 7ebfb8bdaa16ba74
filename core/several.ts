import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { type Approval, type Decision, together } from './messages.ts';

type Ask = (name: string, packet: unknown, terms: unknown, turned?: object) => Promise<Decision>;
type Receive = (name: string, by: unknown, within?: object) => Promise<unknown>;

interface Asked<T> {
  answer: Promise<{ name: string; answer: T }>;
  stop(): void;
}

/** Runs what one of several is asked in its own scope, so that it can be called off alone. */
function ask<T>(name: string, question: () => Promise<T>): Asked<T> {
  const scope = new CancellationScope();
  const answer = scope.run(question).then((value) => ({ name, answer: value }));
  answer.catch(() => undefined); // called off, or the race was over
  return { answer, stop: () => scope.cancel() };
}

async function callOff(asked: Iterable<Asked<unknown>>): Promise<void> {
  for (const { stop, answer } of asked) {
    stop();
    await answer.catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
  }
}

/** The same terms to several owners at once: one decision over all. */
export const asAll =
  (handOff: Ask) =>
  async (packets: Record<string, unknown>, on: string, given: unknown, turned?: object): Promise<Decision> => {
    const open = new Map<string, Asked<Decision>>();
    const approvals = new Map<string, Approval>();
    let terms = given;
    const put = (name: string) => {
      approvals.delete(name);
      open.set(
        name,
        ask(name, () => handOff(name, packets[name], terms, turned)),
      );
    };
    Object.keys(packets).forEach(put);
    while (open.size > 0) {
      const { name, answer } = await Promise.race([...open.values()].map((asked) => asked.answer));
      open.delete(name);
      if (answer.verdict !== 'approved') {
        await callOff(open.values());
        return answer;
      }
      approvals.set(name, answer);
      if (!answer.amended) continue;
      terms = answer.terms;
      await callOff(open.values());
      for (const other of Object.keys(packets)) if (other !== name) put(other);
    }
    const [first, ...others] = Object.keys(packets).flatMap((name) => approvals.get(name) ?? []); // as declared, whoever was first
    return { ...together(first!, ...others), on, terms, amended: terms !== given };
  };

/** Whichever of several events comes first; the others are no longer waited for. */
export const asFirst = (receive: Receive) => async (awaited: Record<string, unknown>, within?: object) => {
  const open = Object.entries(awaited).map(([name, by]) => ask(name, () => receive(name, by, within)));
  let left = open.length;
  const first = await new Promise<{ name: string; answer: unknown } | undefined>((resolve, reject) => {
    for (const { answer } of open) {
      answer.then((came) => {
        left -= 1;
        if (came.answer !== undefined) resolve(came);
        else if (left === 0) resolve(undefined);
      }, reject);
    }
  });
  await callOff(open);
  return first && { name: first.name, event: first.answer };
};
