import { Page } from '../shared/page.tsx';

export const QuestionPage = () => <Page title="Question">{null}</Page>;
