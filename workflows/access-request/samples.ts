import type { Sample } from '../sample.ts';

/** One of each way a request for access can go. */
export const samples: Sample[] = [
  {
    title:
      'A picker needs the terminals of the warehouse: they come with the job, are granted at once, and stay until they leave',
    request: wants('1', 'E-701', 'warehouse-terminal', { reason: null }),
  },
  {
    title:
      'An accountant is to publish the reports for a month: two people agree, and when the month is over it is revoked',
    request: wants('2', 'E-702', 'reports-publisher', { days: 30 }),
    then: [
      { decides: 'approved', because: 'she covers for a colleague' },
      { decides: 'approved', because: 'agreed' },
      { of: 'extension', passes: 'all the time' },
      { of: 'left', passes: 'all the time' },
    ],
  },
  {
    title: 'A payroll clerk asks for the audit of salaries: one person never holds both, and it is denied',
    request: wants('3', 'E-703', 'payroll-auditor'),
  },
  {
    title: 'A contractor asks for the customer database: the manager and the owner agree, the head of security refuses',
    request: wants('4', 'E-704', 'database-administrator', { days: 60 }),
    then: [
      { decides: 'approved', because: 'needed for the move' },
      { decides: 'approved', because: 'agreed' },
      { decides: 'rejected', because: 'the copy without names will do' },
    ],
  },
  {
    title: 'In plain words: a role is suggested, the smaller one first, and chosen',
    request: wants('5', 'E-705', null, { words: 'to publish the monthly reports', reason: 'The reports are late.' }),
    then: [
      { comes: 'roleChosen', data: { requestId: 'AR-705', roleId: 'reports-reader' } },
      { decides: 'approved' },
      { decides: 'approved' },
    ],
  },
  {
    title: 'The register refuses the entry: the role is removed again, nothing is half granted',
    request: wants('6', 'E-706', 'reports-reader'),
    given: { refuses: 'accessRegister.enter' },
    then: [{ decides: 'approved' }, { decides: 'approved' }],
  },
  {
    title: 'Somebody leaves while they hold a role: it is revoked at once',
    request: wants('7', 'E-707', 'reports-reader', { days: 90 }),
    then: [
      { decides: 'approved' },
      { decides: 'approved' },
      { of: 'extension', passes: 'all the time' },
      { comes: 'left', data: { employeeId: 'E-707' } },
    ],
  },
  {
    title: 'A role is taken from somebody who left: nobody needs to agree',
    request: { ...wants('8', 'E-708', 'reports-reader'), action: 'revoke' },
  },
  {
    title: 'Nobody answers: silence is no approval, and it goes back to whoever asked',
    request: wants('9', 'E-709', 'reports-reader'),
    then: { passes: 'all the time' },
  },
];

function wants(n: string, beneficiary: string, roleId: string | null, more: object = {}): Record<string, unknown> {
  const reason = 'Quarterly closing, two more hands are needed.';
  return { requestId: `AR-70${n}`, action: 'grant', beneficiary, roleId, reason, ...more };
}
