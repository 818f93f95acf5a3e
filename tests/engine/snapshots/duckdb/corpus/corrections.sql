WITH "t2" AS (
  SELECT
    "t0"."page_id",
    "t0"."comment_id" AS "root",
    "t0"."thread_id" AS "higher"
  FROM "comments_found" AS "t0"
  WHERE
    "t0"."parent_id" IS NOT NULL AND "t0"."thread_id" <> "t0"."comment_id"
), "t3" AS (
  SELECT
    "t0"."page_id",
    "t0"."thread_id",
    "t0"."record"
  FROM "comments_found" AS "t0"
  WHERE
    "t0"."parent_id" IS NOT NULL AND "t0"."post_id" IS NULL
)
SELECT
  COALESCE("t10"."higher", "t9"."higher") AS "late_root",
  "t17"."late_post",
  COALESCE("t5"."record", "t17"."record") AS "record"
FROM (
  SELECT
    "t0"."page_id",
    "t0"."record",
    "t0"."thread_id" AS "root"
  FROM "comments_found" AS "t0"
  WHERE
    "t0"."parent_id" IS NOT NULL AND "t0"."thread_id" <> "t0"."comment_id"
) AS "t5"
INNER JOIN "t2" AS "t9"
  ON "t5"."page_id" = "t9"."page_id" AND "t5"."root" = "t9"."root"
LEFT OUTER JOIN "t2" AS "t10"
  ON "t5"."page_id" = "t10"."page_id" AND "t9"."higher" = "t10"."root"
FULL OUTER JOIN (
  SELECT
    "t11"."record",
    "t15"."late_post"
  FROM "t3" AS "t11"
  INNER JOIN (
    SELECT
      "t13"."page_id",
      "t13"."thread_id",
      MIN("t13"."post_id") AS "late_post"
    FROM (
      SELECT
        "t8"."page_id",
        "t8"."post_id",
        "t8"."comment_id",
        "t8"."parent_id",
        "t8"."thread_id",
        "t8"."mentions",
        "t8"."published_at",
        "t8"."likes",
        "t8"."gone_between",
        "t8"."intake_batch",
        "t8"."intake_row",
        "t8"."record",
        "t8"."seen",
        "t8"."knows_authors",
        "t8"."knows_parents",
        "t8"."day",
        "t8"."by_page",
        "t8"."top_level",
        "t8"."person",
        "t8"."cluster"
      FROM (
        SELECT
          *
        FROM "comments_found" AS "t0"
        WHERE
          "t0"."post_id" IS NOT NULL
      ) AS "t8"
      SEMI JOIN "t3" AS "t12"
        ON "t8"."page_id" = "t12"."page_id" AND "t8"."thread_id" = "t12"."thread_id"
    ) AS "t13"
    GROUP BY
      1,
      2
  ) AS "t15"
    ON "t11"."page_id" = "t15"."page_id" AND "t11"."thread_id" = "t15"."thread_id"
) AS "t17"
  ON "t5"."record" = "t17"."record"
