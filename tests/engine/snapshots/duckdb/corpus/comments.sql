SELECT
  "t4"."page_id",
  COALESCE("t4"."post_id", "t4"."late_post") AS "post_id",
  "t4"."comment_id",
  "t4"."parent_id",
  COALESCE("t4"."late_root", "t4"."thread_id") AS "thread_id",
  "t4"."mentions",
  "t4"."published_at",
  "t4"."likes",
  "t4"."gone_between",
  "t4"."intake_batch",
  "t4"."intake_row",
  "t4"."record",
  "t4"."seen",
  "t4"."knows_authors",
  "t4"."knows_parents",
  "t4"."day",
  "t4"."by_page",
  "t4"."top_level",
  "t4"."person",
  COALESCE(
    COALESCE("t4"."post_id", "t4"."late_post"),
    COALESCE("t4"."late_root", "t4"."thread_id")
  ) AS "cluster"
FROM (
  SELECT
    "t2"."page_id",
    "t2"."post_id",
    "t2"."comment_id",
    "t2"."parent_id",
    "t2"."thread_id",
    "t2"."mentions",
    "t2"."published_at",
    "t2"."likes",
    "t2"."gone_between",
    "t2"."intake_batch",
    "t2"."intake_row",
    "t2"."record",
    "t2"."seen",
    "t2"."knows_authors",
    "t2"."knows_parents",
    "t2"."day",
    "t2"."by_page",
    "t2"."top_level",
    "t2"."person",
    "t2"."cluster",
    "t3"."late_root",
    "t3"."late_post",
    "t3"."record" AS "record_right"
  FROM "comments_found" AS "t2"
  LEFT OUTER JOIN "corrections" AS "t3"
    ON "t2"."record" = "t3"."record"
) AS "t4"
