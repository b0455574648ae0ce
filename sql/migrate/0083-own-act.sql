-- When anybody opted in last (desk/own_act.h): few rows of the suppression log are opt-ins.
create index suppression_opted_in on suppression (at) where source = 'opt-in';
