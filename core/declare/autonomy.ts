/**
 * How far a process goes by itself. `observe`: nothing is written before a member of the supervising queue approved it. `assist`: a
 * person approves each write. `straight-through`: what a rule allows needs no person.
 */
export const autonomyLevels = ['observe', 'assist', 'straight-through'] as const;
export type AutonomyLevel = (typeof autonomyLevels)[number];

/** The name of the handoff by which a write is approved for which the approval that it has does not suffice. */
export const supervision = 'supervision';

/** The times of that handoff, for every process; then it goes to the process's owner. Expired is not approved. */
export const supervisionTimes = { answerWithin: '4 business hours', expiresAfter: '5 business days' } as const;

/** The queue that supervises a process. */
export const supervisorOf = ({
  owner,
  supervisedBy = owner,
}: {
  owner: string;
  supervisedBy?: string | undefined;
}): string => supervisedBy;
