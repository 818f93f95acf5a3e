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
  "t2"."cluster"
FROM "comments_states" AS "t2"
ANTI JOIN "comments_older" AS "t3"
  ON "t2"."record" = "t3"."record"
