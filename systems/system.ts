/** What Baton knows about a system of record: who answers for it, and what it can be asked to do. */
export interface SystemDeclaration<Read extends string = string, Write extends string = string> {
  /** The queue that is asked when the system's data or outcome is in doubt. */
  owner: string;
  reads: readonly Read[];
  /** Compensations included. */
  writes: readonly Write[];
  /** Part of Baton itself: no connector reaches it. */
  internal?: true;
  /** What it speaks, where that is not the usual wire: SCIM 2.0 (RFC 7643, RFC 7644). */
  wire?: 'scim';
}

export const system = <const Read extends string, const Write extends string>(
  declaration: SystemDeclaration<Read, Write>,
): SystemDeclaration<Read, Write> => declaration;
