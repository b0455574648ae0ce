/* The people of the demo: named ones from a table, the rest from two lists. */
#include "cli/demo_people.h"

#include "base/base.h"
#include "base/buf.h"

static const struct demo_person named[] = {
#define DEMO_PERSON(first, last, email, other, phone, zip, street, city)     \
	{ STR_INIT(first), STR_INIT(last), STR_INIT(email), STR_INIT(other), \
		STR_INIT(phone), STR_INIT(zip), STR_INIT(street),            \
		STR_INIT(city) },
#include "cli/tbl/demo_people.h"
};

static const char *const firsts[] = { "Ada", "Alan", "Alma", "Amir", "Ana",
	"Andre", "Anh", "Ben", "Bianca", "Carla", "Carlos", "Chen", "Clara",
	"Daniel", "David", "Diego", "Elena", "Eli", "Emma", "Eric", "Eva",
	"Fatima", "Felix", "Gina", "Hana", "Henry", "Hugo", "Ian", "Ines",
	"Isaac", "Ivy", "Jack", "Jada", "James", "Jin", "Joel", "Jorge",
	"Jos\xc3\xa9", "Julia", "Kai", "Karen", "Kenji", "Lana", "Leo", "Lily",
	"Linh", "Lucia", "Marcus", "Mei", "Mia", "Mila", "Nadia", "Nina",
	"Noah", "Olga", "Oscar", "Paul", "Priya", "Rosa", "Sam", "Sara", "Tara",
	"Victor", "Yusuf" };

static const char *const lasts[] = { "Adams", "Aguilar", "Baker", "Banerjee",
	"Barnes", "Bell", "Bianchi", "Brooks", "Bui", "Carter", "Chavez", "Cho",
	"Cohen", "Cole", "Cruz", "Diaz", "Dunn", "Edwards", "Espinoza", "Evans",
	"Farah", "Fisher", "Flores", "Foster", "Fuentes", "Garcia", "Grant",
	"Gupta", "Hall", "Harris", "Hayes", "Herrera", "Hoang", "Howard",
	"Huang", "Ibarra", "Ito", "Jackson", "Jensen", "Kaur", "Kelly", "Khan",
	"Larsen", "Le", "Lewis", "Lopez", "Marsh", "Mehta", "Mendoza", "Miller",
	"Moore", "Morales", "Nakamura", "Nelson", "Nguyen", "Nu\303\261ez",
	"O'Brien", "Okafor", "Ortiz", "Owens", "Park", "Patel", "Pham",
	"Pierce", "Price", "Quinn", "Ramirez", "Reed", "Reyes", "Rivera",
	"Rossi", "Russo", "Salazar", "Sanders", "Santos", "Sato", "Shah",
	"Silva", "Singh", "Soto", "Stone", "Suarez", "Tanaka", "Torres",
	"Turner", "Vargas", "Vega", "Vu", "Walsh", "Ward", "Watts", "Wells",
	"Wong", "Yang", "Young", "Zhang" };

static const char *const streets[] = { "Oak St", "Maple Ave", "Cedar Ln",
	"Alder Way", "Toyon Dr", "Laurel St", "Manzanita Ct", "Poppy Rd",
	"Sycamore Ave", "Redwood Blvd", "Bay St", "Mission Rd", "Grove St",
	"Sunset Dr", "Vine St", "River Rd" };

static const struct {
	const char *city;
	const char *zip;
} places[] = { { "Davis", "95616" }, { "Sacramento", "95814" },
	{ "Oakland", "94607" }, { "San Jose", "95112" },
	{ "San Francisco", "94110" }, { "Fresno", "93721" },
	{ "Los Angeles", "90012" }, { "Long Beach", "90802" },
	{ "San Diego", "92101" }, { "Irvine", "92618" },
	{ "Bakersfield", "93301" }, { "Redding", "96001" },
	{ "Chico", "95928" }, { "Santa Rosa", "95404" },
	{ "Riverside", "92501" }, { "Modesto", "95354" } };

static const char *const mailers[] = { "example.com", "example.net",
	"example.org", "mail.example", "inbox.example", "post.example",
	"work.example" };

/* Area codes of California. */
static const int areas[] = { 209, 213, 310, 408, 415, 510, 530, 559, 619, 626,
	650, 661, 707, 714, 760, 805, 818, 831, 858, 909, 916, 925, 949, 951 };

#define PICK(r, list) ((list)[rng_below((r), COUNTOF(list))])

const struct demo_person *demo_person_at(size_t i)
{
	return i < COUNTOF(named) ? &named[i] : NULL;
}

/* 555-0100 to 555-0199 are for the named ones; everyone else has another. */
static str phone_of(struct arena *a, size_t number)
{
	size_t lines = 9800;
	size_t n = number * 7919 % (lines * COUNTOF(areas));

	return arena_fmt(a, "%d555%04zu", areas[n / lines], 200 + n % lines);
}

/* The local part: letters of ASCII only, and the number, so that it is unique. */
static str mailbox_of(
	struct arena *a, const char *first, const char *last, size_t number)
{
	struct buf b = buf_in(a, 100);
	const char *parts[] = { first, last };

	for (size_t i = 0; i < COUNTOF(parts); i++) {
		for (const char *p = parts[i]; *p; p++) {
			if (*p >= 'A' && *p <= 'Z')
				buf_putc(&b, (char)(*p - 'A' + 'a'));
			else if (*p >= 'a' && *p <= 'z')
				buf_putc(&b, *p);
		}
		buf_putc(&b, i ? '-' : '.');
	}
	buf_fmt(&b, "%zu", number);
	return buf_str(&b);
}

void demo_being(
	struct arena *a, uint64_t seed, size_t number, struct demo_being *out)
{
	struct rng r = { seed + number * 0x9e3779b97f4a7c15u };
	const char *first = PICK(&r, firsts), *last = PICK(&r, lasts);
	size_t place = rng_below(&r, COUNTOF(places));
	str mailbox;

	must(COUNTOF(named) == DEMO_NAMED && number < DEMO_PEOPLE_MAX);
	*out = (struct demo_being){ .has_other_email = rng_below(&r, 3) == 0 };
	out->birth_date = date_of_days(
		-14600 + (int64_t)rng_below(&r, 20000)); /* 1930 to 1984 */
	if (number < COUNTOF(named)) {
		out->is = named[number];
		out->has_other_email = out->is_named = true;
		return;
	}
	mailbox = mailbox_of(a, first, last, number);
	out->is = (struct demo_person){
		.first = str_of(first),
		.last = str_of(last),
		.email = arena_fmt(
			a, "%.*s@%s", STR_ARG(mailbox), PICK(&r, mailers)),
		.other_email =
			arena_fmt(a, "%.*s@home.example", STR_ARG(mailbox)),
		.phone = phone_of(a, number),
		.zip = str_of(places[place].zip),
		.street = arena_fmt(a, "%d %s", 1 + (int)rng_below(&r, 1999),
			PICK(&r, streets)),
		.city = str_of(places[place].city),
	};
}

static str with_capitals(struct arena *a, str s, bool is_all)
{
	char *p = arena_alloc(a, s.n);

	for (size_t i = 0; i < s.n; i++) {
		bool is_first = i == 0 || s.p[i - 1] == '.';

		p[i] = s.p[i];
		if (p[i] >= 'a' && p[i] <= 'z' && (is_all || is_first))
			p[i] = (char)(p[i] - 'a' + 'A');
	}
	return (str){ p, s.n };
}

str demo_email_spelled(struct arena *a, str email, uint64_t how)
{
	switch (how % 16) {
	case 0:
		return with_capitals(a, email, true);
	case 1:
		return with_capitals(a, email, false);
	case 2:
		return arena_fmt(a, " %.*s", STR_ARG(email));
	case 3:
		return arena_fmt(a, "%.*s  ", STR_ARG(email));
	default:
		return email;
	}
}

str demo_phone_spelled(struct arena *a, str phone, uint64_t how)
{
	static const char *const forms[] = { "(###) ###-####", "###-###-####",
		"###.###.####", "+1 ### ### ####", "1-###-###-####",
		"+1##########", "##########", "(###)###-####" };
	struct buf b = buf_in(a, 40);
	size_t at = 0;

	must(phone.n == 10);
	for (const char *f = forms[how % COUNTOF(forms)]; *f; f++)
		buf_putc(&b, *f == '#' ? phone.p[at++] : *f);
	return buf_str(&b);
}
