/*
 * The queue as a page.  Which request is where, and what comes next, is the
 * desk's; here are the words and places around it.
 */
#include "web/queue.h"

#include "desk/limit.h"
#include "desk/outage.h"
#include "desk/queue_cache.h"
#include "law/reference.h"
#include "web/html.h"

static const char *const view_paths[] = {
	[QUEUE_ACTION] = "/desk",
	[QUEUE_WAITING] = "/desk?view=waiting",
	[QUEUE_UNCONFIRMED] = "/desk?view=unconfirmed",
	[QUEUE_OPEN] = "/desk?view=open",
	[QUEUE_CLOSED] = "/desk?view=closed",
};

/* --- one line --- */

static void fill_left(enum urgency u, int left, struct queue_line *l)
{
	l->due_class = u == URGENCY_RED     ? "due red"
		       : u == URGENCY_AMBER ? "due amb"
					    : "due";
	l->due_number = left < 0 ? -left : left;
	l->due_words = left < -1    ? "days late"
		       : left == -1 ? "day late"
		       : left == 1  ? "day left"
				    : "days left";
}

static void fill_due(
	struct arena *a, const struct queue_row *row, struct queue_line *l)
{
	fill_left(row->urgency, row->days_left, l);
	l->due_short = date_short(a, row->due_on);
	l->period = arena_fmt(a, "Day %d of %d", row->day, row->days);
}

/* A square a task, at most eight; the late ones come last, where the eye ends. */
static void fill_squares(const struct queue_row *row, struct queue_line *l)
{
	int most = (int)COUNTOF(l->squares.at);
	int n = row->tasks < most ? row->tasks : most;
	int late = row->tasks_late < n ? row->tasks_late : n;
	int done = row->tasks ? row->tasks_done * n / row->tasks : 0;

	for (int i = 0; i < n; i++)
		l->squares.at[l->squares.n++].state = i < done        ? "d"
						      : i >= n - late ? "x"
								      : "";
}

static void fill_next(const struct queue_row *row, struct queue_line *l)
{
	l->next_class = "next";
	l->next_icon = "arrow";
	if (row->is_late_next) {
		l->next_class = "next late";
		l->next_icon = "alert";
	} else if (row->turn != TURN_STAFF) {
		l->next_class = "next wait";
		l->next_icon = "clock";
	}
}

static struct queue_line line_of(struct arena *a, const struct queue_row *row)
{
	struct queue_line l = {
		.row = row,
		.href = desk_case_path(a, row->reference, ""),
		.path = kind_row(row->kind)->path,
		.avatar = desk_avatar(row->owner_initials),
	};

	fill_due(a, row, &l);
	fill_squares(row, &l);
	fill_next(row, &l);
	if (!date_is_none(row->closed_on))
		l.closed = date_short(a, row->closed_on);
	return l;
}

/* --- the State's lists --- */

static void fill_drop(
	struct arena *a, const struct drop_row *row, struct queue_drop *out)
{
	struct queue_line *l = &out->line;

	*out = (struct queue_drop){
		.row = row,
		.href = row->cycle_id ? arena_fmt(a, "/desk/drop/%lld",
						(long long)row->cycle_id)
				      : STR("/desk/drop"),
		.items = row->cycle_id
				 ? arena_fmt(a, "%.*s items · %s",
					   STR_ARG(drop_figure(a, row->items)),
					   row->title)
				 : STR("Deletion lists"),
		.progress = arena_fmt(
			a, "%d of %d", row->steps_done, DROP_ROW_STEPS),
	};
	fill_left(row->urgency, row->days_left, l);
	l->due_short = date_short(a, row->due_on);
	l->period = arena_fmt(a, "Day %d of %d", row->day, row->days);
	l->next_class = row->problem.n   ? "next late"
			: row->is_staffs ? "next"
					 : "next wait";
	l->next_icon = row->problem.n   ? "alert"
		       : row->is_staffs ? "arrow"
					: "clock";
	for (int i = 0; i < DROP_ROW_STEPS; i++)
		l->squares.at[l->squares.n++].state =
			i < row->steps_done ? "d" : "";
}

static bool is_counted(const struct drop_row *row, enum queue_view view)
{
	return row->is_there &&
	       (view == QUEUE_OPEN ||
		       view == (row->is_staffs ? QUEUE_ACTION : QUEUE_WAITING));
}

/* Among the requests by its date: soonest first. */
static void put_drop(struct arena *a, const struct drop_row *row,
	const struct queue *q, struct queue_page *v)
{
	struct queue_drop *drop;
	size_t at = 0;

	if (v->is_search || !is_counted(row, q->view))
		return;
	drop = arena_one(a, struct queue_drop);
	fill_drop(a, row, drop);
	while (at < q->rows.n &&
		date_cmp(q->rows.at[at].due_on, row->due_on) <= 0)
		at++;
	for (size_t i = v->lines.n; i > at; i--)
		v->lines.at[i] = v->lines.at[i - 1];
	v->lines.at[at] = (struct queue_line){ .drop = drop };
	v->lines.n++;
}

/* --- around the list --- */

static const char *is_or_are(int n)
{
	return n == 1 ? "is" : "are";
}

static void fill_words(
	struct arena *a, const struct queue *q, struct queue_page *v)
{
	struct buf b = buf_in(a, 400);

	v->headline = q->overdue ? arena_fmt(a, "%d %s overdue", q->overdue,
					   is_or_are(q->overdue))
				 : STR("Nothing is overdue");
	v->figures = q->median_days < 0
			     ? arena_fmt(a, "%d open.", q->open)
			     : arena_fmt(a,
				       "%d open. Median reply this quarter: %d "
				       "%s.",
				       q->open, q->median_days,
				       q->median_days == 1 ? "day" : "days");
	buf_fmt(&b, "%d open requests. %d %s due in the next 7 days", q->open,
		q->due_in_7_days, is_or_are(q->due_in_7_days));
	if (!date_is_none(q->next_due) && !q->overdue)
		buf_fmt(&b, ", the first on %.*s",
			STR_ARG(date_words(a, q->next_due)));
	buf_fmt(&b, ". %.*s.", STR_ARG(v->headline));
	v->runway_text = buf_str(&b);
}

static void fill_tabs(struct arena *a, const struct queue *q,
	const struct drop_row *drop, struct queue_page *v)
{
	v->tabs.n = QUEUE_VIEWS;
	v->tabs.at = arena_many(a, struct queue_tab, QUEUE_VIEWS);
	for (int i = 0; i < QUEUE_VIEWS; i++)
		v->tabs.at[i] = (struct queue_tab){
			.href = view_paths[i],
			.title = queue_view_title((enum queue_view)i),
			.n = q->count[i] + is_counted(drop, (enum queue_view)i),
			.is_current = !v->is_search && (int)q->view == i,
		};
}

/* The first date of what is open, the State's lists among it. */
static struct date next_due(const struct queue *q, const struct drop_row *drop)
{
	if (!drop->is_there)
		return q->next_due;
	return date_is_none(q->next_due) ||
			       date_cmp(drop->due_on, q->next_due) < 0
		       ? drop->due_on
		       : q->next_due;
}

static str empty_words(struct arena *a, const struct queue *q,
	const struct drop_row *drop, const struct queue_page *v)
{
	struct date due = next_due(q, drop);

	if (v->is_search)
		return STR("Nothing matches. Searched references, emails and "
			   "phone numbers, closed requests too.");
	if (!q->open && !q->count[QUEUE_CLOSED] && !drop->is_there)
		return STR("No requests yet. Make one on the consumer page to "
			   "see how it looks from both sides.");
	if (q->view == QUEUE_UNCONFIRMED)
		return STR("Everyone has proved who they are.");
	if (q->view == QUEUE_CLOSED)
		return STR("Nothing is closed yet.");
	if (date_is_none(due))
		return STR("All answered. Nothing is due.");
	if (q->view == QUEUE_ACTION)
		return arena_fmt(a,
			"Nothing for you to do now. The next deadline is %.*s.",
			STR_ARG(date_words(a, due)));
	return STR("Nothing is waiting on others.");
}

static void fill_lines(struct arena *a, const struct queue *q,
	const struct drop_row *drop, struct queue_page *v)
{
	v->lines.n = q->rows.n;
	v->lines.at = arena_many(a, struct queue_line, q->rows.n + 1);
	for (size_t i = 0; i < q->rows.n; i++)
		v->lines.at[i] = line_of(a, &q->rows.at[i]);
	put_drop(a, drop, q, v);
	if (!v->lines.n)
		v->empty = empty_words(a, q, drop, v);
	if (q->rows.n == LIMIT_QUEUE_ROWS)
		v->cut = arena_fmt(a,
			"The first %d are shown. Search finds the others.",
			LIMIT_QUEUE_ROWS);
}

/* A year's look that is due within a month, for who can do it. */
static int fill_reminders(
	struct http_request *q, struct queue_page *v, struct err *e)
{
	struct desk *d = web_desk(q);
	struct reminders all;
	struct settings s;

	if (!desk_may(d, PERM_DECIDE))
		return 0;
	if (settings_load(d, &s, e) || reminders_of(d, &s, &all, e))
		return -1;
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].has_day && reminder_is_due(&all.at[i]))
			v->reminders.at[v->reminders.n++] =
				(struct queue_reminder){
					reminder_words(q->arena, &all.at[i]),
					all.at[i].days_left < 0
				};
	return 0;
}

/* For everybody: dates that come early are theirs to keep. */
static void fill_holidays(struct http_request *q, struct queue_page *v)
{
	struct date today = desk_today(web_desk(q));
	str words = reminder_of_holidays(q->arena, today);

	if (words.n)
		v->reminders.at[v->reminders.n++] =
			(struct queue_reminder){ words, true };
}

/* For everybody: who answers the phone hears of it first. */
static int fill_outage(
	struct http_request *q, struct queue_page *v, struct err *e)
{
	struct outage open;
	int rc = outage_open(web_desk(q), &open, e);

	if (rc <= 0)
		return rc;
	v->outage = arena_fmt(q->arena,
		"Seen from outside, this does not work since %.*s: %.*s. The "
		"command \"toyon doctor\" says what to do.",
		STR_ARG(instant_words_year(q->arena, open.from_at)),
		STR_ARG(open.checks));
	return 0;
}

/* Who has to be trained, for who can see to it. */
static int fill_untrained(
	struct http_request *q, struct queue_page *v, struct err *e)
{
	struct trainings all;

	if (!desk_may(web_desk(q), PERM_MANAGE))
		return 0;
	if (trainings_load(web_desk(q), &all, e))
		return -1;
	v->untrained = all.overdue;
	return 0;
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, const struct queue *queue,
	struct queue_page *v, struct err *e)
{
	struct drop_row *drop = arena_one(q->arena, struct drop_row);

	fill_holidays(q, v);
	if (drop_row(web_desk(q), drop, e) || fill_reminders(q, v, e) ||
		fill_outage(q, v, e) || fill_untrained(q, v, e) ||
		desk_page_fill(w, q, r,
			v->is_search ? STR("Search") : STR("Queue"), &v->page,
			e))
		return -1;
	v->page.place = DESK_QUEUE;
	v->queue = queue;
	v->is_closed_view = !v->is_search && queue->view == QUEUE_CLOSED;
	fill_words(q->arena, queue, v);
	fill_tabs(q->arena, queue, drop, v);
	fill_lines(q->arena, queue, drop, v);
	runway_draw(q->arena, queue->dues.at, queue->dues.n, queue->today,
		&v->runway);
	html_queue(&r->body, v);
	return 0;
}

int web_queue(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	const struct web *w = ctx;
	struct queue_page v = { .is_search = false };
	enum queue_view view = queue_view_of(http_query(q, "view"));
	const struct queue_snapshot *held;
	int rc;

	if (queue_take(web_desk(q), w->queues, view, &held, e))
		return -1;
	rc = draw(w, q, r, &held->queue, &v, e);
	queue_give(w->queues, held);
	return rc;
}

/* An email address may be searched for, so it comes as a form, not in a URL. */
int web_search(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct queue_page v = {
		.is_search = true,
		.search = { http_form(q, "q") },
	};
	struct queue queue;
	struct reference ref;

	if (!v.search.v.n) {
		http_redirect(r, STR("/desk"));
		return 0;
	}
	if (queue_load(web_desk(q), QUEUE_OPEN, v.search.v, &queue, e))
		return -1;
	if (queue.rows.n == 1 && reference_parse(v.search.v, &ref)) {
		http_redirect(r, desk_case_path(q->arena,
					 queue.rows.at[0].reference, ""));
		return 0;
	}
	return draw(ctx, q, r, &queue, &v, e);
}
