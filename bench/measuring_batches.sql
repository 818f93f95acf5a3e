-- The tables behind the indicators of `measuring.py` as an analyst makes them with DuckDB from the batches of a corpus.
--
-- Given: the views stored_captures, stored_posts, stored_comments, stored_page_counts (with taken_in and row, their order),
--        the table study_pages (page, page_id, zone, opened), page by page as the study lists them,
--        the table speakers (page, person): whose words are the body's, as keyed hashes,
--        the variables first, last (the window).
-- Left:  captures, looked, posts, page_counts, comments, extents, threads. `measuring.sql` goes on from there.

-- ── What was looked at, and when ─────────────────────────────────────────────────────────────────

CREATE TEMP TABLE captures AS
SELECT page, zone, capture_id, looked_at, post_id, coalesce(captured_at, captured_lower) AS seen,
    covers_from, covers_until, captured_at IS NULL AS inferred, complete, announced, knows_authors, knows_parents
FROM stored_captures JOIN study_pages USING (page_id);

-- A capture at midnight has seen nothing of the day that begins; a moment inferred from a record has.
CREATE TEMP TABLE looked AS
WITH ends AS (
    SELECT page, looked_at,
        timezone(zone, covers_until - if(inferred, INTERVAL 0 SECONDS, INTERVAL 1 MICROSECOND))::DATE AS day
    FROM captures
),
until AS (
    SELECT page, max(day) FILTER (looked_at = 'posts') AS posts, max(day) FILTER (looked_at = 'comments') AS comments
    FROM ends GROUP BY page
)
SELECT page, greatest(getvariable('first'), opened) AS first, if(posts IS NULL, NULL, least(getvariable('last'), posts)) AS last,
    greatest(last - first + 1, 0) AS days, comments >= getvariable('first') AS comments_observed
FROM study_pages LEFT JOIN until USING (page);

-- ── The newest state of each record ──────────────────────────────────────────────────────────────
-- Few records were stored twice. A hash finds those that may have been, far cheaper than their ids would;
-- only these are put in order, and all but the newest deleted.

CREATE TEMP TABLE posts AS
SELECT page, p.post_id, published_at, timezone(c.zone, published_at)::DATE AS day, likes, comments, shares,
    likes + comments + shares AS interactions, followers_then, comments_open,
    seen, taken_in, row, hash(page, p.post_id) AS record
FROM stored_posts p JOIN study_pages USING (page_id) JOIN captures c USING (page, capture_id);

DELETE FROM posts WHERE rowid IN (
    SELECT rowid FROM posts
    WHERE record IN (SELECT record FROM posts GROUP BY record HAVING count(*) > 1)
    QUALIFY row_number() OVER (PARTITION BY page, post_id ORDER BY seen DESC, taken_in DESC, row DESC) > 1
);

CREATE TEMP TABLE page_counts AS
SELECT page, captured_at, timezone(zone, captured_at)::DATE AS day, followers, posts_total
FROM (SELECT c.*, page, study_pages.zone, seen
    FROM stored_page_counts c JOIN study_pages USING (page_id) JOIN captures USING (page, capture_id))
QUALIFY row_number() OVER (PARTITION BY page, captured_at ORDER BY seen DESC, taken_in DESC, row DESC) = 1;

-- `root` is the top-level comment of a reply, null at top level; `cluster` the post that comments share.
CREATE TEMP TABLE comments AS
SELECT page, c.post_id, comment_id, if(parent_id IS NULL, NULL, thread_id) AS root,
    coalesce(c.post_id, thread_id) AS cluster,
    coalesce(author_handle, author) AS person, mentions, gone_between, published_at,
    timezone(study_pages.zone, published_at)::DATE AS day,
    CASE
        WHEN (page, author) IN (SELECT page, person FROM speakers) THEN true
        WHEN (page, author_handle) IN (SELECT page, person FROM speakers) THEN true
        WHEN by_page_source IS NOT NULL THEN by_page_source
        WHEN coalesce(author, author_handle) IS NOT NULL OR knows_authors = 'page' THEN false
    END AS by_page,
    knows_parents, seen, taken_in, row, hash(page, comment_id) AS record
FROM stored_comments c JOIN study_pages USING (page_id) JOIN captures USING (page, capture_id);

DELETE FROM comments WHERE rowid IN (
    SELECT rowid FROM comments
    WHERE record IN (SELECT record FROM comments GROUP BY record HAVING count(*) > 1)
    QUALIFY row_number() OVER (PARTITION BY page, comment_id ORDER BY seen DESC, taken_in DESC, row DESC) > 1
);

-- ── How much is held of what posts show ──────────────────────────────────────────────────────────

CREATE TEMP TABLE extents AS
WITH told AS (
    SELECT page, post_id, arg_max(announced, seen) AS announced
    FROM captures WHERE announced IS NOT NULL AND post_id IS NOT NULL GROUP BY page, post_id
),
shown AS (
    SELECT page, post_id, day, coalesce(comments, announced) AS shown
    FROM posts FULL JOIN told USING (page, post_id)
),
held AS (
    SELECT page, post_id, count(*) AS captured, min(day) AS first_day
    FROM comments WHERE post_id IS NOT NULL AND gone_between IS NULL GROUP BY page, post_id
)
SELECT page, coalesce(day, first_day) AS day, shown, coalesce(captured, 0) AS captured
FROM shown LEFT JOIN held USING (page, post_id);

-- ── Conversations ────────────────────────────────────────────────────────────────────────────────

CREATE TEMP TABLE below AS
SELECT r.rowid AS thread, r.by_page AS root_by_page, r.person AS root_person, c.comment_id, c.person, c.by_page,
    c.published_at, c.published_at > r.published_at AS later, c.seen
FROM comments c JOIN comments r ON r.page = c.page AND r.comment_id = c.root
WHERE c.root IS NOT NULL AND r.root IS NULL;

CREATE TEMP TABLE replies AS
SELECT thread, min(published_at) FILTER (by_page AND later) AS replied_at, count(*) FILTER (by_page AND later) AS replied,
    count(*) FILTER (by_page IS NULL AND later) AS unknown,
    count(*) FILTER (NOT by_page AND later AND (person IS NULL OR root_person IS NULL)) AS nameless,
    max(seen) AS seen
FROM below GROUP BY thread;

-- How often the word passed between the citizen, who begins, and the body; others do not count.
CREATE TEMP TABLE turns AS
SELECT thread, count(*) FILTER (by_page <> before) AS passed
FROM (
    SELECT thread, by_page,
        lag(by_page, 1, false) OVER (PARTITION BY thread ORDER BY published_at, comment_id) AS before
    FROM below
    WHERE later AND NOT root_by_page AND (by_page OR (person = root_person AND NOT by_page))
        AND thread IN (SELECT thread FROM replies WHERE replied > 0)
)
GROUP BY thread;

-- Where the source knows no parents, an answer that mentions a citizen is one to the last comment before.
CREATE TEMP TABLE mentioned AS
WITH answers AS (
    SELECT page, post_id, comment_id, published_at, unnest(mentions) AS person
    FROM comments WHERE NOT knows_parents AND by_page
),
last AS (
    SELECT r.rowid AS thread, a.published_at
    FROM comments r JOIN answers a USING (page, post_id, person)
    WHERE NOT r.knows_parents AND r.root IS NULL AND NOT r.by_page AND r.published_at < a.published_at
    QUALIFY row_number() OVER (PARTITION BY page, a.comment_id, person ORDER BY r.published_at DESC) = 1
)
SELECT thread, min(published_at) AS replied_at, count(*) AS replied FROM last GROUP BY thread;

-- Captures that found nothing changed stored nothing, but looked.
CREATE TEMP TABLE looked_again AS
SELECT thread, max(seen) AS seen FROM (
    SELECT r.rowid AS thread, c.seen FROM comments r JOIN captures c USING (page, post_id)
    WHERE r.root IS NULL AND c.looked_at = 'comments'
    UNION ALL
    SELECT r.rowid, c.seen FROM comments r JOIN captures c USING (page)
    WHERE r.root IS NULL AND c.looked_at = 'comments' AND c.post_id IS NULL AND c.complete AND c.covers_from <= r.published_at
)
GROUP BY thread;

-- Most citizens write once: only those who wrote more often need be looked up to know which comment was their first.
CREATE TEMP TABLE threads AS
WITH again AS (
    SELECT page, person, min(published_at) AS first_at
    FROM comments WHERE root IS NULL AND NOT by_page AND person IS NOT NULL GROUP BY page, person HAVING count(*) > 1
),
joined AS (
    SELECT page, cluster, post_id, comment_id, person, by_page, knows_parents, day, published_at, gone_between,
        coalesce(replies.replied_at, mentioned.replied_at) AS first_reply_at,
        coalesce(replies.replied, 0) + coalesce(mentioned.replied, 0) AS replies,
        coalesce(unknown, 0) AS unknown_replies, coalesce(nameless, 0) AS nameless,
        greatest(comments.seen, replies.seen, looked_again.seen) AS seen_until,
        mentioned.thread IS NOT NULL AS inferred, passed, first_at
    FROM comments
        LEFT JOIN replies ON replies.thread = comments.rowid
        LEFT JOIN turns ON turns.thread = comments.rowid
        LEFT JOIN mentioned ON mentioned.thread = comments.rowid
        LEFT JOIN looked_again ON looked_again.thread = comments.rowid
        LEFT JOIN again USING (page, person)
    WHERE root IS NULL
)
SELECT page, cluster, post_id IS NOT NULL AS of_post, person, day, knows_parents, replies,
    coalesce(published_at = first_at, NOT by_page AND person IS NOT NULL) AS first_time,
    timezone(zone, first_reply_at)::DATE AS replied_on, timezone(zone, seen_until)::DATE AS seen_on,
    NOT by_page AS asked,
    NOT by_page AND first_reply_at IS NOT NULL AS answered,
    NOT by_page AND (first_reply_at IS NOT NULL OR unknown_replies = 0) AS judged,
    by_page IS NULL AS nobody, by_page IS NULL OR (NOT by_page AND first_reply_at IS NULL AND unknown_replies > 0) AS unknown,
    CASE
        WHEN unknown_replies > 0 THEN NULL WHEN first_reply_at IS NULL THEN 0 WHEN nameless > 0 THEN NULL
        WHEN inferred THEN 1 ELSE passed
    END AS changes,
    (epoch_us(first_reply_at) - epoch_us(published_at)) / 3.6e9 AS reply_hours,
    -- Gone for good at some moment between two captures: the middle. (The greatest of nothing and 0 would be 0.)
    if(gone_between IS NULL, NULL, greatest((epoch_us(gone_between.seen) + epoch_us(gone_between.missed)
        - 2 * epoch_us(published_at)) / 7.2e9, 0)) AS removed_hours,
    greatest((epoch_us(seen_until) - epoch_us(published_at)) / 3.6e9, 0) AS followed_hours
FROM joined JOIN study_pages USING (page);
