insert into signal (id_key, kind, at) values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 1, now()) on conflict do nothing
