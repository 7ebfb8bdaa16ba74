interface Then<A> {
  onSuccess?(answer: A): void;
  onError?(error: Error): void;
}

interface Sends<B, A> {
  mutateAsync(body: B, then?: Then<A>): Promise<A>;
}

/**
 * Sends what was typed. `sent` happens once it has arrived, also where its form was left meanwhile; `then` only where it is still there.
 * A refusal is the mutation's `error`.
 */
export function send<B, A>(mutation: Sends<B, A>, body: B, sent: () => void, then: Then<A> = {}): void {
  mutation.mutateAsync(body, then).then(sent, () => undefined);
}
