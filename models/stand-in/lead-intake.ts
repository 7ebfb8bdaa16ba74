import type { Answers } from './answers.ts';

interface Given {
  company: string | null;
  country: string | null;
  employees: number | null;
  budget: number | null;
  form: string | null;
  message: string | null;
  isKnownAccount: boolean;
}

export const leadIntake: Answers = {
  'lead-intake_qualify': ({ company, country, employees, budget, form, message, isKnownAccount }: Given) => {
    const wants = message?.trim() ? `They wrote: “${message.slice(0, 300).toWellFormed()}”` : 'They wrote nothing.';
    const size = employees === null ? 'of unknown size' : `with ${employees} employees`;
    const points = [
      ...[form === 'demo' || form === 'pricing' ? 30 : 10, isKnownAccount ? 20 : 0],
      ...[budget === null ? 0 : 20, (employees ?? 0) >= 200 ? 20 : 10],
    ];
    return {
      score: points.reduce((sum, each) => sum + each, 0),
      summary: `${company?.slice(0, 200).toWellFormed() ?? 'A company they did not name'}${country ? `, ${country}` : ''}, ${size}. ${wants}`,
      confidence: 0.9,
      evidence: [`form: ${form}`, `employees: ${employees}`, `isKnownAccount: ${isKnownAccount}`],
    };
  },
};
