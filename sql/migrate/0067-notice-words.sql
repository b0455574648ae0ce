-- The same notices in other languages (11 CCR 7003(b)(3)): a row for each language in which
-- a version was published beside English, which the notice itself has.
create table notice_words (
	id @id,
	kind @text not null,
	version @int not null,
	lang @text not null,
	sha256 @text not null,
	text @text not null,
	unique (kind, version, lang)
);
