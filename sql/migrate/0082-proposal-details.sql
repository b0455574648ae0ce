-- What the first of two people typed, sealed with the case, so that the second reads it before
-- they decide the same (desk/second.h).  '': it stands with the case, or there was nothing.
alter table proposal add column sealed @blob not null default '';
