import { Component, type ReactNode } from 'react';
import { Failed } from '../shared/states.tsx';

/** What a page cannot show is said in its place, and the frame stays; `place` is where one is: elsewhere it is tried anew. */
export class Failing extends Component<{ place: string; children: ReactNode }, { error?: unknown; place?: string }> {
  override state: { error?: unknown; place?: string } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps({ place }: { place: string }, before: { error?: unknown; place?: string }) {
    return before.place === place ? null : { place, error: undefined };
  }

  override render() {
    const { error } = this.state;
    return error === undefined ? (
      this.props.children
    ) : (
      <Failed error={error} retry={() => this.setState({ error: undefined })} />
    );
  }
}
