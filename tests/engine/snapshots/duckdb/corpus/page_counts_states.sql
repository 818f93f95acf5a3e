SELECT
  "t10".*
  EXCLUDE ("speakers", "zone")
FROM (
  SELECT
    "t9"."page_id",
    "t9"."captured_at",
    "t9"."followers",
    "t9"."page_likes",
    "t9"."posts_total",
    "t9"."capture_id",
    "t9"."intake_batch",
    "t9"."intake_row",
    "t9"."record",
    "t9"."seen",
    "t9"."knows_authors",
    "t9"."knows_parents",
    "t9"."zone",
    "t9"."speakers",
    CAST(CASE
      WHEN "t9"."zone" = 'Asia/Almaty'
      THEN TIMEZONE('Asia/Almaty', "t9"."captured_at")
      WHEN "t9"."zone" = 'Asia/Oral'
      THEN TIMEZONE('Asia/Oral', "t9"."captured_at")
      ELSE NULL
    END AS DATE) AS "day"
  FROM (
    SELECT
      "t8"."page_id",
      "t8"."captured_at",
      "t8"."followers",
      "t8"."page_likes",
      "t8"."posts_total",
      "t8"."capture_id",
      "t8"."intake_batch",
      "t8"."intake_row",
      "t8"."record",
      "t5"."seen",
      "t5"."knows_authors",
      "t5"."knows_parents",
      "t6"."zone",
      "t6"."speakers"
    FROM (
      SELECT
        "t0"."page_id",
        "t0"."captured_at",
        "t0"."followers",
        "t0"."page_likes",
        "t0"."posts_total",
        "t0"."capture_id",
        "t0"."intake_batch",
        "t0"."intake_row",
        (
          CAST("t0"."intake_batch" AS BIGINT) * 1099511627776
        ) + "t0"."intake_row" AS "record"
      FROM "page_counts_batches" AS "t0"
    ) AS "t8"
    INNER JOIN (
      SELECT
        "t1"."page_id",
        "t1"."capture_id",
        "t1"."seen",
        "t1"."knows_authors",
        "t1"."knows_parents"
      FROM "captures" AS "t1"
    ) AS "t5"
      ON "t8"."page_id" = "t5"."page_id" AND "t8"."capture_id" = "t5"."capture_id"
    INNER JOIN (
      SELECT
        "t2"."page_id",
        "t2"."zone",
        "t2"."speakers"
      FROM "pages" AS "t2"
    ) AS "t6"
      ON "t8"."page_id" = "t6"."page_id"
  ) AS "t9"
) AS "t10"
