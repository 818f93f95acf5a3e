SELECT
  "t2"."page_id",
  "t2"."captured_at",
  "t2"."followers",
  "t2"."page_likes",
  "t2"."posts_total",
  "t2"."capture_id",
  "t2"."intake_batch",
  "t2"."intake_row",
  "t2"."record",
  "t2"."seen",
  "t2"."knows_authors",
  "t2"."knows_parents",
  "t2"."day"
FROM "page_counts_states" AS "t2"
ANTI JOIN "page_counts_older" AS "t3"
  ON "t2"."record" = "t3"."record"
