import { Page } from '../shared/page.tsx';

export const CasePage = () => <Page title="Case">{null}</Page>;
