/** A good world for a access request: one subject that is active, one that is closed. */
export const records = {
  accessRequestRegister: {
    subjects: [
      { subject: 'S-1', status: 'active' },
      { subject: 'S-2', status: 'closed' },
    ],
  },
};
