import { Page } from '../shared/page.tsx';

export const Find = () => <Page title="Cases">{null}</Page>;
