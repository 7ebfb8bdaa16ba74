import { Page } from '../shared/page.tsx';

export const Requests = () => <Page title="My requests">{null}</Page>;
