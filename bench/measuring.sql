-- The indicators of `measuring.py` as an analyst writes them for DuckDB.
--
-- Given: the tables that `measuring_batches.sql` or `measuring_copy.sql` left, study_pages (page, page_id, zone, opened),
--        the table working_days (day, number): how many working days there were until that day,
--        the variables first, last (the window), standard (working days for an answer), z (of a 95 % interval).
-- Left:  one row for each page in the tables of_posts, of_days, of_followers, of_extents, of_comments,
--        of_threads, of_citizens, of_waits. What SQL lacks (quantiles of t and of the binomial) follows
--        in `measuring_by_hand.py`.

-- ── Posts ────────────────────────────────────────────────────────────────────────────────────────

CREATE TEMP TABLE of_posts AS
WITH inside AS (
    SELECT *, likes + comments AS two, interactions / followers_then AS each
    FROM posts WHERE day BETWEEN getvariable('first') AND getvariable('last')
)
SELECT page, count(*) AS posts,
    count(likes) AS likes_n, sum(likes) AS likes_sum, sum(likes::DOUBLE ** 2) AS likes_squares, max(likes) AS likes_max,
    count(*) FILTER (likes > 0) AS likes_some, list_sort(list(likes) FILTER (likes IS NOT NULL)) AS likes_values,
    count(comments) AS comments_n, sum(comments) AS comments_sum, sum(comments::DOUBLE ** 2) AS comments_squares,
    max(comments) AS comments_max, count(*) FILTER (comments > 0) AS comments_some,
    list_sort(list(comments) FILTER (comments IS NOT NULL)) AS comments_values,
    count(shares) AS shares_n, sum(shares) AS shares_sum, sum(shares::DOUBLE ** 2) AS shares_squares,
    max(shares) AS shares_max, count(*) FILTER (shares > 0) AS shares_some,
    list_sort(list(shares) FILTER (shares IS NOT NULL)) AS shares_values,
    count(interactions) AS interactions_n, sum(interactions) AS interactions_sum,
    sum(interactions::DOUBLE ** 2) AS interactions_squares,
    count(two) AS two_n, sum(two) AS two_sum, sum(two::DOUBLE ** 2) AS two_squares,
    count(each) AS each_n, sum(each) AS each_sum, sum(each ** 2) AS each_squares,
    count(comments_open) AS open_n, count(*) FILTER (NOT comments_open) AS closed,
    avg(followers_then) AS followers_then, count(followers_then) AS followers_n
FROM inside GROUP BY page;

CREATE TEMP TABLE of_days AS
WITH days AS (
    SELECT page, day, count(*) AS n, count(*) - count(interactions) AS hidden, sum(interactions) AS interactions,
        sum(interactions / followers_then) AS each, count(*) - count(followers_then) AS followers_hidden
    FROM posts WHERE day BETWEEN getvariable('first') AND getvariable('last')
    GROUP BY page, day
),
observed AS (
    SELECT days.*, interactions::DOUBLE AS whole FROM days JOIN looked USING (page) WHERE day BETWEEN first AND last
)
SELECT page, count(*) AS active_days, sum(n) AS observed, sum(n * n) AS observed_squares, min(n) AS least, max(n) AS most,
    count(*) FILTER (hidden > 0) AS hidden,
    sum(whole) FILTER (hidden = 0) AS days_sum, sum(whole ** 2) FILTER (hidden = 0) AS days_squares,
    sum(each) FILTER (hidden = 0) AS each_sum, sum(each ** 2) FILTER (hidden = 0) AS each_squares,
    sum(followers_hidden) FILTER (hidden = 0) AS followers_hidden
FROM observed GROUP BY page;

-- Followers: the mean of the counts inside the window, else the nearest count, else the mean shown at posting.
CREATE TEMP TABLE of_followers AS
WITH placed AS (
    SELECT *, day BETWEEN getvariable('first') AND getvariable('last') AS inside,
        (greatest(getvariable('first') - day, day - getvariable('last')), captured_at) AS away
    FROM page_counts
)
SELECT page,
    avg(followers) FILTER (inside) AS counted, count(followers) FILTER (inside) AS counts,
    arg_min(followers, away) FILTER (followers IS NOT NULL) AS nearest,
    coalesce(
        arg_max(posts_total, captured_at) FILTER (inside AND posts_total IS NOT NULL),
        arg_min(posts_total, away) FILTER (posts_total IS NOT NULL)
    ) AS posts_all_time
FROM placed GROUP BY page;

CREATE TEMP TABLE of_extents AS
SELECT page, count(*) AS posts, count(shown) AS known, sum(shown) AS shown,
    sum(least(captured, shown)) FILTER (shown IS NOT NULL) AS held
FROM extents WHERE day BETWEEN getvariable('first') AND getvariable('last')
GROUP BY page;

-- ── Comments ─────────────────────────────────────────────────────────────────────────────────────

-- All comments, whoever wrote them.
CREATE TEMP TABLE of_comments AS
SELECT page, sum(page_n + citizens_n + unknown_n) AS comments, sum(page_n + citizens_n) AS known,
    count(*) FILTER (page_n + citizens_n > 0) AS m, sum(page_n) AS page_n, sum(citizens_n) AS citizens_n,
    sum(unknown_n) AS unknown_n, sum(page_n ** 2) AS page_squares, sum(page_n * citizens_n) AS page_times_citizens,
    sum(citizens_n ** 2) AS citizens_squares
FROM (
    SELECT page, cluster, count(*) FILTER (by_page) AS page_n, count(*) FILTER (NOT by_page) AS citizens_n,
        count(*) FILTER (by_page IS NULL) AS unknown_n
    FROM comments WHERE day BETWEEN getvariable('first') AND getvariable('last')
    GROUP BY page, cluster
)
GROUP BY page;

-- Shares of threads, with the sums over posts that the design effect needs.
CREATE TEMP TABLE of_threads AS
WITH marked AS (
    SELECT *, judged AND changes IS NOT NULL AS followed
    FROM threads
    WHERE day BETWEEN getvariable('first') AND getvariable('last')
),
clusters AS (
    SELECT page, cluster, bool_or(of_post) AS of_post,
        count(*) FILTER (judged) AS n, count(*) FILTER (answered) AS k,
        count(*) FILTER (asked) AS asked, count(*) FILTER (nobody) AS nobody, count(*) FILTER (unknown) AS unknown,
        count(*) FILTER (asked AND person IS NULL) AS keyless, count(*) FILTER (judged AND person IS NULL) AS n_keyless,
        sum(replies) FILTER (asked) AS replies,
        count(*) FILTER (judged AND first_time) AS n_first, count(*) FILTER (answered AND first_time) AS k_first,
        count(*) FILTER (followed) AS n_turns, coalesce(sum(changes) FILTER (followed), 0) AS turns,
        count(*) FILTER (followed AND answered) AS n_followed, count(*) FILTER (followed AND changes >= 3) AS k_followed,
        count(*) FILTER (followed AND changes >= 2) AS n_again,
        count(*) FILTER (followed AND changes >= 2 AND changes % 2 = 1) AS k_again,
        count(*) FILTER (judged AND followed_hours >= 1) AS n_1h,
        count(*) FILTER (answered AND followed_hours >= 1 AND reply_hours <= 1) AS k_1h,
        count(*) FILTER (judged AND followed_hours >= 24) AS n_24h,
        count(*) FILTER (answered AND followed_hours >= 24 AND reply_hours <= 24) AS k_24h,
        count(*) FILTER (judged AND followed_hours >= 72) AS n_72h,
        count(*) FILTER (answered AND followed_hours >= 72 AND reply_hours <= 72) AS k_72h,
        count(*) FILTER (judged AND followed_hours >= 168) AS n_7d,
        count(*) FILTER (answered AND followed_hours >= 168 AND reply_hours <= 168) AS k_7d
    FROM marked GROUP BY page, cluster
)
SELECT page, sum(asked) AS asked, sum(nobody) AS nobody, sum(unknown) AS unknown, sum(keyless) AS keyless,
    sum(n_keyless) AS n_keyless, sum(replies) AS replies,
    count(*) FILTER (of_post AND n > 0) AS posts_asked, count(*) FILTER (of_post AND n > 0 AND k > 0) AS posts_answered,
    count(*) FILTER (n > 0) AS m_all, sum(n) AS n_all, sum(k) AS k_all,
    sum(k ** 2) AS kk_all, sum(k * n) AS kn_all, sum(n ** 2) AS nn_all,
    count(*) FILTER (n_first > 0) AS m_first, sum(n_first) AS n_first, sum(k_first) AS k_first,
    sum(k_first ** 2) AS kk_first, sum(k_first * n_first) AS kn_first, sum(n_first ** 2) AS nn_first,
    count(*) FILTER (n_turns > 0) AS m_turns, sum(n_turns) AS n_turns, sum(turns) AS k_turns,
    sum(turns ** 2) AS kk_turns, sum(turns * n_turns) AS kn_turns, sum(n_turns ** 2) AS nn_turns,
    count(*) FILTER (n_followed > 0) AS m_followed, sum(n_followed) AS n_followed, sum(k_followed) AS k_followed,
    sum(k_followed ** 2) AS kk_followed, sum(k_followed * n_followed) AS kn_followed, sum(n_followed ** 2) AS nn_followed,
    count(*) FILTER (n_again > 0) AS m_again, sum(n_again) AS n_again, sum(k_again) AS k_again,
    sum(k_again ** 2) AS kk_again, sum(k_again * n_again) AS kn_again, sum(n_again ** 2) AS nn_again,
    count(*) FILTER (n_1h > 0) AS m_1h, sum(n_1h) AS n_1h, sum(k_1h) AS k_1h,
    sum(k_1h ** 2) AS kk_1h, sum(k_1h * n_1h) AS kn_1h, sum(n_1h ** 2) AS nn_1h,
    count(*) FILTER (n_24h > 0) AS m_24h, sum(n_24h) AS n_24h, sum(k_24h) AS k_24h,
    sum(k_24h ** 2) AS kk_24h, sum(k_24h * n_24h) AS kn_24h, sum(n_24h ** 2) AS nn_24h,
    count(*) FILTER (n_72h > 0) AS m_72h, sum(n_72h) AS n_72h, sum(k_72h) AS k_72h,
    sum(k_72h ** 2) AS kk_72h, sum(k_72h * n_72h) AS kn_72h, sum(n_72h ** 2) AS nn_72h,
    count(*) FILTER (n_7d > 0) AS m_7d, sum(n_7d) AS n_7d, sum(k_7d) AS k_7d,
    sum(k_7d ** 2) AS kk_7d, sum(k_7d * n_7d) AS kn_7d, sum(n_7d ** 2) AS nn_7d
FROM clusters GROUP BY page;

-- Citizens, told apart by their keys. Alike ones are counted together, so few rows are put in order.
CREATE TEMP TABLE of_citizens AS
WITH citizens AS (
    SELECT page, count(*) FILTER (judged) AS comments, count(*) FILTER (answered) AS answered, sum(replies) AS replies
    FROM threads
    WHERE day BETWEEN getvariable('first') AND getvariable('last') AND asked AND person IS NOT NULL
    GROUP BY page, person
),
alike AS (
    SELECT page, comments, replies, count(*) AS m, count(*) FILTER (answered > 0) AS answered
    FROM citizens GROUP BY page, comments, replies
),
-- Those of whom it cannot be told whether they were answered have no comments here.
totals AS (
    SELECT page, sum(m) AS asked, sum(m) FILTER (comments > 0) AS persons, sum(answered) AS answered, sum(m * replies) AS replies, sum(m * comments) AS comments,
        ceil(0.1 * sum(m) FILTER (comments > 0) - 1e-9) AS places
    FROM alike GROUP BY page
),
by_replies AS (
    SELECT page, replies, sum(m) AS m, sum(sum(m)) OVER (PARTITION BY page ORDER BY replies) AS upto
    FROM alike WHERE comments > 0 GROUP BY page, replies
),
ginis AS (
    -- Ranks upto - m + 1 … upto: twice their sum is m (2 upto - m + 1).
    SELECT page, sum(m * (2 * upto - m - persons) * by_replies.replies) AS weighed
    FROM by_replies JOIN totals USING (page) GROUP BY page
),
by_comments AS (
    SELECT page, comments, sum(m) AS m, sum(m * replies) AS replies,
        sum(sum(m)) OVER (PARTITION BY page ORDER BY comments DESC) AS upto
    FROM alike WHERE comments > 0 GROUP BY page, comments
),
tops AS (
    -- Who tie for the last places split them evenly.
    SELECT page, sum(b.comments * b.m * part) AS comments, sum(b.replies * part) AS replies
    FROM (
        SELECT b.*, greatest(least(places - (upto - m), m), 0) / m AS part FROM by_comments b JOIN totals USING (page)
    ) b
    GROUP BY page
)
SELECT page, asked, persons, answered, totals.replies AS replies,
    if(persons > 1 AND totals.replies > 0, weighed / ((persons - 1) * totals.replies), NULL) AS gini,
    tops.replies / nullif(totals.replies, 0) AS top_replies, tops.comments / nullif(totals.comments, 0) AS top_comments
FROM totals LEFT JOIN ginis USING (page) LEFT JOIN tops USING (page);

-- Answered within the study's number of working days; the day of the comment does not count.
CREATE TEMP TABLE of_standard AS
WITH numbered AS (
    SELECT page, cluster, answered, until.number - asked.number > getvariable('standard') AS old,
        reply.number - asked.number <= getvariable('standard') AS met
    FROM threads
        JOIN working_days asked USING (day)
        JOIN working_days until ON until.day = seen_on
        LEFT JOIN working_days reply ON reply.day = replied_on
    WHERE threads.day BETWEEN getvariable('first') AND getvariable('last') AND judged
),
clusters AS (
    SELECT page, count(*) FILTER (old) AS n, count(*) FILTER (old AND answered AND met) AS k FROM numbered GROUP BY page, cluster
)
SELECT page, count(*) FILTER (n > 0) AS m_standard, sum(n) AS n_standard, sum(k) AS k_standard,
    sum(k ** 2) AS kk_standard, sum(k * n) AS kn_standard, sum(n ** 2) AS nn_standard
FROM clusters GROUP BY page;

-- ── Waiting ──────────────────────────────────────────────────────────────────────────────────────
-- Kaplan and Meier, Aalen and Johansen. Nothing changes between events, so curves hold the times of events only,
-- and those at which five or fewer still waited, where the interval of the median may end.

CREATE TEMP TABLE waits AS
SELECT page, answered, removed_hours IS NOT NULL AND NOT answered AS removed,
    CASE WHEN answered THEN reply_hours ELSE coalesce(removed_hours, followed_hours) END AS hours
FROM threads
WHERE judged AND day BETWEEN getvariable('first') AND getvariable('last');

CREATE TEMP TABLE curves AS
WITH risks AS (
    SELECT page, hours, answered, removed,
        count(*) OVER (PARTITION BY page ORDER BY hours DESC) AS at_risk
    FROM waits
    QUALIFY answered OR removed OR at_risk <= 5
),
steps AS (
    SELECT page, hours, any_value(at_risk) AS at_risk, count(*) FILTER (answered) AS d, count(*) FILTER (removed) AS r
    FROM risks GROUP BY page, hours
)
-- exp(-800) is 0: the last who waited was answered.
SELECT *, d + r AS e,
    exp(sum(if(d < at_risk, ln(1 - d / at_risk), -800)) OVER upto) AS waiting,
    exp(sum(if(d + r < at_risk, ln(1 - (d + r) / at_risk), -800)) OVER upto) AS pending,
    if(d < at_risk, d / (at_risk * (at_risk - d)), 0) AS term,
    sum(if(d < at_risk, d / (at_risk * (at_risk - d)), 0)) OVER upto AS greenwood
FROM steps
WINDOW upto AS (PARTITION BY page ORDER BY hours);

-- Whether one that is gone would have been missed: captured, and completely again later.
CREATE TEMP TABLE looked_twice AS
SELECT page, coalesce(min(seen) < max(seen) FILTER (complete AND NOT inferred), false) AS removals_seen
FROM captures WHERE looked_at = 'comments' GROUP BY page;

CREATE TEMP TABLE of_waits AS
WITH whole AS (
    SELECT page, any_value(removals_seen) AS removals_seen, count(*) AS n, max(hours) AS longest,
        count(*) FILTER (hours >= 72) AS at_risk_72, count(*) FILTER (hours >= 168) AS at_risk_168,
        count(*) FILTER (answered) AS answered, list_sort(list(hours) FILTER (answered)) AS answered_hours
    FROM waits JOIN looked_twice USING (page) GROUP BY page
),
-- At the longest wait, where it was shorter than the time asked for.
ends AS (
    SELECT page, count(*) AS at_risk_last FROM waits JOIN whole USING (page) WHERE hours = longest GROUP BY page
),
banded AS (
    SELECT page, hours, waiting,
        CASE
            WHEN waiting = 1 THEN pow(0.025, 1 / at_risk)
            WHEN waiting < 1e-12 THEN 0
            ELSE pow(waiting, exp(getvariable('z') * sqrt(greenwood) / -ln(waiting)))
        END AS low,
        CASE
            WHEN waiting = 1 THEN 1
            WHEN waiting < 1e-12 THEN 1 - pow(0.025, lag(waiting, 1, 1.0) OVER upto / at_risk)
            ELSE pow(waiting, exp(-getvariable('z') * sqrt(greenwood) / -ln(waiting)))
        END AS high
    FROM curves
    WINDOW upto AS (PARTITION BY page ORDER BY hours)
),
medians AS (
    SELECT page, min(hours) FILTER (waiting <= 0.5 + 1e-12) AS median,
        min(hours) FILTER (low <= 0.5 + 1e-12) AS median_low, min(hours) FILTER (high <= 0.5 + 1e-12) AS median_high
    FROM banded GROUP BY page
),
-- After 72 hours.
before AS (
    SELECT *, lag(pending, 1, 1.0) OVER (PARTITION BY page ORDER BY hours) AS before FROM curves WHERE hours <= 72
),
terms AS (
    SELECT *, before * d / at_risk AS f_d, before * r / at_risk AS f_r,
        sum(before * d / at_risk) OVER upto AS share_d, sum(before * r / at_risk) OVER upto AS share_r,
        if(e < at_risk, e / (at_risk * (at_risk - e)), 0) AS joint
    FROM before
    WINDOW upto AS (PARTITION BY page ORDER BY hours)
),
shares AS (
    SELECT page, arg_max(waiting, hours) AS waiting, arg_max(greenwood, hours) AS greenwood, arg_max(pending, hours) AS pending,
        sum(f_d) AS share_d, sum(f_r) AS share_r
    FROM terms GROUP BY page
),
variances AS (
    SELECT page,
        sum((s.share_d - t.share_d) ** 2 * joint + before ** 2 * d * (at_risk - d) / at_risk ** 3
            - 2 * (s.share_d - t.share_d) * before * d / at_risk ** 2) AS variance_d,
        sum((s.share_r - t.share_r) ** 2 * joint + before ** 2 * r * (at_risk - r) / at_risk ** 3
            - 2 * (s.share_r - t.share_r) * before * r / at_risk ** 2) AS variance_r
    FROM terms t JOIN shares s USING (page) GROUP BY page
),
-- The share left just before 72 and 168 hours, or before the longest wait.
just_before AS (
    SELECT page, arg_max(waiting, hours) FILTER (hours < least(72, longest)) AS waiting_72,
        arg_max(pending, hours) FILTER (hours < least(72, longest)) AS pending_72,
        arg_max(waiting, hours) FILTER (hours < least(168, longest)) AS waiting_168
    FROM curves JOIN whole USING (page) WHERE hours < 168 GROUP BY page
),
-- The mean of the first week.
stretches AS (
    SELECT page, hours, waiting, term,
        waiting * (lead(hours, 1, 168) OVER (PARTITION BY page ORDER BY hours) - hours) AS stretch
    FROM curves WHERE hours < 168
),
ahead AS (
    SELECT *, sum(stretch) OVER (PARTITION BY page ORDER BY hours DESC) AS rest FROM stretches
),
means AS (
    SELECT page, min(hours) + sum(stretch) AS mean, sum(rest ** 2 * term) AS variance FROM ahead GROUP BY page
),
week AS (
    SELECT page, arg_max(waiting, hours) AS waiting FROM curves WHERE hours <= 168 GROUP BY page
)
SELECT page, removals_seen, n, longest, answered, answered_hours, median, median_low, median_high,
    coalesce(s.waiting, 1) AS waiting_72, coalesce(greenwood, 0) AS greenwood_72, coalesce(pending, 1) AS pending_72,
    coalesce(share_d, 0) AS answered_72, coalesce(share_r, 0) AS removed_72,
    greatest(coalesce(variance_d, 0), 0) AS answered_variance, greatest(coalesce(variance_r, 0), 0) AS removed_variance,
    if(longest >= 72, at_risk_72, at_risk_last) / coalesce(b.waiting_72, 1) AS effective_72,
    if(longest >= 72, at_risk_72, at_risk_last) / coalesce(b.pending_72, 1) AS effective_pending_72,
    if(longest >= 168, at_risk_168, at_risk_last) / coalesce(b.waiting_168, 1) AS effective_168,
    coalesce(week.waiting, 1) AS waiting_168, coalesce(mean, 168) AS mean, coalesce(means.variance, 0) AS mean_variance
FROM whole LEFT JOIN ends USING (page) LEFT JOIN medians USING (page) LEFT JOIN shares s USING (page)
    LEFT JOIN variances USING (page) LEFT JOIN just_before b USING (page) LEFT JOIN means USING (page)
    LEFT JOIN week USING (page);

-- How long anybody looked.
CREATE TEMP TABLE of_followed AS
SELECT page, median(followed_hours) AS followed, count(*) AS n
FROM threads WHERE asked AND day BETWEEN getvariable('first') AND getvariable('last')
GROUP BY page;
