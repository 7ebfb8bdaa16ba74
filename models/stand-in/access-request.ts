import type { Answers } from './answers.ts';

interface Subject {
  subject: string;
  status: string;
}

export const accessRequest: Answers = {
  'access-request_assess': ({ wish, subject }: { wish: string; subject: Subject | null }) => ({
    supported: subject !== null,
    summary: `Wanted: ${wish.slice(0, 500)} ${subject ? `${subject.subject} is ${subject.status}.` : 'No such subject.'}`,
    confidence: 0.95,
    evidence: subject ? [`subject.status: ${subject.status}`] : [],
  }),
};
