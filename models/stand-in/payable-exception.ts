import type { Answers } from './answers.ts';
import { short } from './replies.ts';

interface Explained {
  invoiceNumber: string;
  supplierName: string;
  rule: string;
  findings: { exception: string; lineNo: string | null; says: string }[];
  remark: string;
  answer: string;
}

export const payableException: Answers = {
  'payable-exception_explain': ({ invoiceNumber, supplierName, rule, findings, remark, answer }: Explained) => {
    const shown = findings.slice(0, 10);
    const says = shown.map(({ lineNo, says }) => (lineNo === null ? says : `line ${lineNo}: ${says}`));
    const from = supplierName === '' ? '' : ` of ${supplierName}`;
    const words = [remark && 'The sender remarks on it.', answer && 'The supplier has answered.'].filter(Boolean);
    return {
      exception: rule,
      summary: short(
        [`Invoice ${invoiceNumber}${from}: ${rule}.`, ...says.map((one) => `${one}.`), ...words].join(' '),
      ),
      message: short(
        `Your invoice ${invoiceNumber} does not match our records: ${says.join('; ')}. Please correct it or tell us why it is right.`,
      ),
      confidence: findings.length > 0 ? 0.95 : 0.4,
      evidence: [
        ...shown.map(({ says }, n) => `findings[${n}].says: ${says}`),
        ...(remark === '' ? [] : [`remark: ${short(remark)}`]),
        ...(answer === '' ? [] : [`answer: ${short(answer)}`]),
      ],
    };
  },
};
