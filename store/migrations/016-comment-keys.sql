-- `key`: under which a remark was sent, so that one that is sent again, since its answer was lost, stands once.
alter table comments add column key text, add constraint comments_are_sent_once unique (handoff_id, by, key);
