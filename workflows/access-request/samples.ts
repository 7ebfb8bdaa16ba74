import type { Sample } from '../sample.ts';

/** One of each way a access request can go. */
export const samples: Sample[] = [
  {
    tells: 'A access request in order is entered at once',
    request: { requestId: 'sample-1', subject: 'S-1001', wish: 'Please note the new opening hours.' },
  },
  {
    tells: 'The model is not sure about a access request, so a lead decides',
    request: { requestId: 'sample-2', subject: 'S-1001', wish: 'Please note the same as last time.' },
    given: { model: 'unsure' },
    then: { decides: 'approved' },
  },
  {
    tells: 'A access request about a closed subject: the rules refuse',
    request: { requestId: 'sample-3', subject: 'S-1002', wish: 'Please note the new address.' },
  },
];
