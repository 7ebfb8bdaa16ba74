import { Page } from '../shared/page.tsx';

export const ProcessPage = () => <Page title="Process">{null}</Page>;
