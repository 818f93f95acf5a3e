-- The tables behind the indicators of `measuring.py` as an analyst reads them from the current copy of a corpus.
--
-- Given: the views copied_captures, copied_posts, copied_comments, copied_page_counts, copied_extents, copied_threads,
--        the table study_pages (page, page_id, zone, opened), the variables first, last (the window).
-- Left:  what `measuring_batches.sql` leaves.

CREATE TEMP TABLE captures AS
SELECT page, zone, c.*, captured_at IS NULL AS inferred
FROM copied_captures c JOIN study_pages USING (page_id);

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

CREATE TEMP VIEW posts AS
SELECT page, day, likes, comments, shares, likes + comments + shares AS interactions, followers_then, comments_open
FROM copied_posts JOIN study_pages USING (page_id);

CREATE TEMP VIEW page_counts AS
SELECT page, captured_at, day, followers, posts_total FROM copied_page_counts JOIN study_pages USING (page_id);

CREATE TEMP VIEW extents AS
SELECT page, day, shown, captured FROM copied_extents JOIN study_pages USING (page_id);

CREATE TEMP VIEW comments AS
SELECT page, cluster, by_page, day FROM copied_comments JOIN study_pages USING (page_id);

CREATE TEMP VIEW threads AS
SELECT page, cluster, post_id IS NOT NULL AS of_post, writer AS person, day, knows_parents, replies, first_time,
    replied_on, seen_on,
    NOT by_page AS asked,
    NOT by_page AND first_reply_at IS NOT NULL AS answered,
    NOT by_page AND (first_reply_at IS NOT NULL OR unknown_replies = 0) AS judged,
    by_page IS NULL AS nobody, by_page IS NULL OR (NOT by_page AND first_reply_at IS NULL AND unknown_replies > 0) AS unknown,
    changes, reply_hours, removed_hours, followed_hours
FROM copied_threads JOIN study_pages USING (page_id);
