-- Corrected values in a system that was put back from a backup (desk/recorrect.h).
-- fate: open (it holds the old value), chosen (staff said to write the corrected one),
-- asked (staff are asked, `why`), left (staff said that what stands there is right),
-- held (left out for law enforcement), done (put in again).  seen: what stood there, as
-- a keyed value.
create table recorrection (
	correction_id @int primary key references correction (id),
	fate @text not null,
	why @text not null,
	seen @blob not null
);
