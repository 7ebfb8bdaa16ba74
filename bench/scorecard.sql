-- Two hundred thousand cases over a year, of the eight processes, with the steps that such cases have.
set search_path = baton;
select setseed(0.5);
insert into fact_cases
select 'p' || n % 8 || '/' || n, (array['refund', 'service-renewal', 'insurance-claim', 'order-exception', 'payable-exception', 'access-request', 'lead-intake', 'contract-review'])[n % 8 + 1],
  array['owner', 'queue-' || n % 20], 'build-' || n / 50000, array['eligibility@1'], null, 20, at,
  at + cycle * interval '1 ms', (array['done', 'declined', 'withdrawn'])[1 + n % 3], n % 50 = 0, n % 3 > 0 and n % 50 > 0,
  case when n % 50 = 0 then 'integration' when n % 3 = 0 then (array['policy', 'model', 'data', 'handoff'])[1 + n % 4] end,
  cycle, cycle / 3, cycle - cycle / 3, 60000 * (n % 20), 30000 * (n % 20), n % 2, n % 7 / 6, n % 3, n % 11 > 0, null, null, false,
  n % 4000, n % 3000, n % 90000, n % 500, false, jsonb_build_object('amount', n % 90000, 'onTime', n % 2), jsonb_build_object('amount', (array['EUR', 'USD'])[1 + n % 2]),
  jsonb_build_object('fact:eligibility.amount', n % 1000, 'fact:eligibility.confirmed', (n % 2 = 0)::text, 'confidence:assess', (n % 100) / 100.0,
    'fact:eligibility.wish', (array['return', 'cancel', 'other'])[1 + n % 3], 'fact:eligibility.orders', n % 9, 'answer:assess.supported', (n % 5 > 0)::text)
from (select n, timestamptz '2025-01-01' + n * interval '157.68 s' as at, (1000 * exp(12 * random()))::bigint as cycle from generate_series(0, 199999) n) s;

insert into fact_steps
select case_id, case_id || '/' || kind || k, kind, kind || k, process,
  case when kind in ('read', 'action') then 'system-' || (k + length(process)) % 6 when kind = 'inference' then 'model-1' end,
  'queue-' || (k + length(case_id)) % 20, case when kind = 'handoff' then 'person-' || k end, case when kind = 'handoff' then 'queue-' || (k + length(case_id)) % 20 end, opened_at, opened_at + k * interval '3 s', (30 * exp(3 * random()))::bigint,
  case when random() < 0.03 then 2 else 1 end, case when random() < 0.03 then 1000 else 0 end,
  case kind when 'handoff' then 'approved' when 'read' then case when random() < 0.02 then 'missing' else 'read' end when 'inference' then 'confident' else 'done' end,
  case when random() < 0.01 then 'limit-exceeded' end, case when kind = 'handoff' then 'in-time' end, 60000, k % 2 = 0,
  case when kind = 'handoff' and random() < 0.2 then array['/amount'] else '{}' end, case when kind = 'handoff' then 'eligibility/large' end,
  case when kind = 'inference' then random() end, case when kind = 'inference' and random() < 0.3 then random() < 0.9 end, 500
from fact_cases, (values ('read', 1), ('read', 2), ('inference', 3), ('ruling', 4), ('handoff', 5), ('action', 6), ('action', 7), ('action', 8)) s (kind, k)
where kind <> 'handoff' or not straight_through;

insert into fact_counts
select span, day, process, kind, name, coalesce(system, ''), coalesce(outcome, ''), coalesce(error, ''), bucket, count(*), count(*) filter (where tries > 1), sum(tries - 1), sum(lost_ms)
from (select *, case when ms is null then -1 when ms < 1 then 0 else 1 + round(ln(ms::float8) / ln(1.04::float8)) end::int as bucket from fact_steps) s,
  lateral (values ('day', (ended_at at time zone 'utc')::date), ('month', date_trunc('month', ended_at at time zone 'utc')::date)) spans (span, day)
group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
