-- leads_on: 2, rows of other systems were to go, and there were led_rows of them, with those
-- that stay; 3, some are gone (desk/drop_led.c).
alter table drop_match add column led_rows @int not null default 0;
