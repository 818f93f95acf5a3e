SELECT
  "t1"."page_id",
  "t1"."period",
  COUNT(*) AS "posts",
  COUNT("t1"."likes") AS "likes_n",
  SUM("t1"."likes") AS "likes_sum",
  SUM(CAST("t1"."likes" AS DOUBLE) * CAST("t1"."likes" AS DOUBLE)) AS "likes_squares",
  MAX("t1"."likes") AS "likes_max",
  SUM(CAST("t1"."likes" > 0 AS INT)) AS "likes_some",
  ARRAY_AGG("t1"."likes") FILTER(WHERE
    "t1"."likes" IS NOT NULL) AS "likes_values",
  COUNT("t1"."comments") AS "comments_n",
  SUM("t1"."comments") AS "comments_sum",
  SUM(CAST("t1"."comments" AS DOUBLE) * CAST("t1"."comments" AS DOUBLE)) AS "comments_squares",
  MAX("t1"."comments") AS "comments_max",
  SUM(CAST("t1"."comments" > 0 AS INT)) AS "comments_some",
  ARRAY_AGG("t1"."comments") FILTER(WHERE
    "t1"."comments" IS NOT NULL) AS "comments_values",
  COUNT("t1"."shares") AS "shares_n",
  SUM("t1"."shares") AS "shares_sum",
  SUM(CAST("t1"."shares" AS DOUBLE) * CAST("t1"."shares" AS DOUBLE)) AS "shares_squares",
  MAX("t1"."shares") AS "shares_max",
  SUM(CAST("t1"."shares" > 0 AS INT)) AS "shares_some",
  ARRAY_AGG("t1"."shares") FILTER(WHERE
    "t1"."shares" IS NOT NULL) AS "shares_values",
  SUM(CAST("t1"."comments" = 0 AS INT)) AS "uncommented",
  COUNT(CAST("t1"."interactions" AS DOUBLE)) AS "interactions_n",
  SUM(CAST("t1"."interactions" AS DOUBLE)) AS "interactions_sum",
  SUM(CAST("t1"."interactions" AS DOUBLE) * CAST("t1"."interactions" AS DOUBLE)) AS "interactions_squares",
  COUNT(CAST("t1"."likes" + "t1"."comments" AS DOUBLE)) AS "two_n",
  SUM(CAST("t1"."likes" + "t1"."comments" AS DOUBLE)) AS "two_sum",
  SUM(
    CAST("t1"."likes" + "t1"."comments" AS DOUBLE) * CAST("t1"."likes" + "t1"."comments" AS DOUBLE)
  ) AS "two_squares",
  COUNT(CAST("t1"."interactions" AS DOUBLE) / NULLIF("t1"."followers_then", 0)) AS "each_n",
  SUM(CAST("t1"."interactions" AS DOUBLE) / NULLIF("t1"."followers_then", 0)) AS "each_sum",
  SUM(
    (
      CAST("t1"."interactions" AS DOUBLE) / NULLIF("t1"."followers_then", 0)
    ) * (
      CAST("t1"."interactions" AS DOUBLE) / NULLIF("t1"."followers_then", 0)
    )
  ) AS "each_squares",
  COUNT("t1"."comments_open") AS "posts_open_known",
  SUM(CAST(NOT (
    "t1"."comments_open"
  ) AS INT)) AS "posts_closed"
FROM (
  SELECT
    "t0"."page_id",
    "t0"."post_id",
    "t0"."published_at",
    "t0"."kind",
    "t0"."likes",
    "t0"."reaction_like",
    "t0"."reaction_love",
    "t0"."reaction_care",
    "t0"."reaction_haha",
    "t0"."reaction_wow",
    "t0"."reaction_sad",
    "t0"."reaction_angry",
    "t0"."reaction_other",
    "t0"."comments",
    "t0"."shares",
    "t0"."views",
    "t0"."followers_then",
    "t0"."comments_open",
    "t0"."capture_id",
    "t0"."intake_batch",
    "t0"."intake_row",
    "t0"."record",
    "t0"."seen",
    "t0"."knows_authors",
    "t0"."knows_parents",
    "t0"."day",
    CAST(DATE_TRUNC('MONTH', CAST("t0"."day" AS TIMESTAMP)) AS DATE) AS "period",
    "t0"."likes" + "t0"."comments" + "t0"."shares" AS "interactions"
  FROM "posts" AS "t0"
  WHERE
    "t0"."day" BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
) AS "t1"
GROUP BY
  1,
  2
