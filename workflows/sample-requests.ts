import { departures, draftOf } from './contract-review/sample-drafts.ts';

/**
 * For each process a request on the sandbox's sample records that may be sent again and again, `id` being the business's own; most
 * of them need a person. The renewal is of one subscription, so that it is the same case each time.
 */
export const sampleRequests: Readonly<Record<string, (id: string) => Record<string, unknown>>> = {
  refund: (requestId) => ({
    requestId,
    claims: { email: 'aoife.brannock@mail.example' },
    wishes: [{ action: 'return', orderId: 'O-2013', itemIds: ['I-2013-1'], refundTo: 'PM-1007-card' }],
    message: 'One of the four mugs has a crack.',
    confirmed: true,
  }),
  'insurance-claim': (claimId) => ({
    ...{ claimId, policyNumber: 'WC-4100', cause: 'fall', dateOfLoss: '2026-06-02', reportedOn: '2026-06-10' },
    ...{ lossState: 'MI', amount: 2_980_000, currency: 'USD', payee: 'Ilse Brandt', payeeAccountChangedOn: null },
    ...{ bodilyInjury: true, documents: ['first_report_of_injury', 'medical_report'], channel: 'web' },
    narrative: 'She fell from the loading platform on 2026-06-02; we put it at $29800.00.',
  }),
  'access-request': (requestId) => ({
    ...{ requestId, action: 'grant', beneficiary: 'E-709', roleId: 'reports-publisher', days: 30 },
    reason: 'She covers for Tove, who is away.',
  }),
  'contract-review': (contractId) => ({
    ...{ contractId, counterparty: 'Lind Hosting', annualValue: 1_200_000, currency: 'USD', kind: 'new' },
    ...{ paper: 'counterparty', text: draftOf({ changes: [departures.shortPayment, departures.publicity] }) },
  }),
  'lead-intake': (leadId) => ({
    ...{ leadId, channel: 'web', form: 'contact', email: 'einkauf@hafenwerk.example', company: 'Hafenwerk' },
    ...{ country: 'Danmark', ipCountry: 'CU', budget: 900_000, currency: 'EUR' },
    message: 'I am travelling. Please send pricing for 40 seats.',
  }),
  'order-exception': (requestId) => ({
    requestId,
    exception: { kind: 'wrong-item', orderId: 'O-2101', itemIds: ['V-340-grey'] },
    message: 'I ordered grey mugs. These are blue.',
    confirmed: true,
  }),
  'payable-exception': (messageId) => ({
    ...{ messageId, channel: 'e-mail', supplier: { vatId: 'DE302002002', name: 'Salzhof Gastro AG' } },
    invoice: {
      ...{ invoiceNumber: `SG-${messageId}`, issueDate: '2026-05-26', dueDate: null, currency: 'EUR' },
      ...{ iban: 'DE96000000003002000025', poNumber: 'PO-6006', remark: null },
      lines: [
        {
          ...{ lineNo: '1', poLineNo: '1', description: 'Coffee, per month', unit: 'MON', quantity: '1' },
          ...{ unitPrice: '352.00', taxPercent: '7', amount: 35_200 },
        },
      ],
      ...{ net: 35_200, tax: 2_464, gross: 37_664 },
    },
  }),
  'service-renewal': () => renewalOf('310'),
};

export const renewalOf = (n: string) => ({
  ...{ subscriptionId: `SUB-${n}`, customerId: `K-${n}`, termEnd: '2027-05-31' },
  message: 'We would like to stay, with three seats fewer.',
});
