/** The process of Baton's own by which a closed case is reversed. Only `POST /cases/{caseId}/reversal` opens a case of it. */
export const reversalProcess = 'reversal';
