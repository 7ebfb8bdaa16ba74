import { Page } from '../shared/page.tsx';

export const MePage = () => <Page title="Me">{null}</Page>;
