import { Page } from '../shared/page.tsx';

export const NewRequest = () => <Page title="New request">{null}</Page>;
