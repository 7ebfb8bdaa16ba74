import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Connection, News } from './follow.ts';
import { createRefresh, refreshAll } from './refresh.ts';
import { share } from './share.ts';

/** Keeps what is shown up to date, for as long as somebody is signed in. What was missed while the connection was lost is asked for again. */
export function useLive(person: string | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (person === undefined) return;
    const refresh = createRefresh(client);
    return share(person, (news: News) => {
      if (news.is === 'missed') refreshAll(client);
      if (news.is === 'changed') refresh(news.change);
      if (news.is === 'connection') {
        const before = client.getQueryData<Connection>(['connection']);
        client.setQueryData(['connection'], news.connection);
        if (news.connection === 'connected' && before === 'lost') refreshAll(client);
      }
    });
  }, [person, client]);
}

/** How it stands with the connection; `undefined` before it is known. */
export const useConnection = (): Connection | undefined =>
  useQuery<Connection>({ queryKey: ['connection'], queryFn: skipToken, gcTime: Infinity }).data;
