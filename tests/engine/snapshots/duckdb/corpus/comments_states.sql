SELECT
  "t11".*
  EXCLUDE ("author", "author_handle", "by_page_source", "capture_id", "speakers", "zone")
FROM (
  SELECT
    "t10"."page_id",
    "t10"."post_id",
    "t10"."comment_id",
    "t10"."parent_id",
    "t10"."thread_id",
    "t10"."author",
    "t10"."author_handle",
    "t10"."mentions",
    "t10"."by_page_source",
    "t10"."published_at",
    "t10"."likes",
    "t10"."gone_between",
    "t10"."capture_id",
    "t10"."intake_batch",
    "t10"."intake_row",
    "t10"."record",
    "t10"."seen",
    "t10"."knows_authors",
    "t10"."knows_parents",
    "t10"."zone",
    "t10"."speakers",
    "t10"."day",
    CASE
      WHEN COALESCE(
        ARRAY_CONTAINS("t10"."speakers", "t10"."author")
        OR ARRAY_CONTAINS("t10"."speakers", "t10"."author_handle"),
        FALSE
      )
      THEN TRUE
      WHEN "t10"."by_page_source" IS NOT NULL
      THEN "t10"."by_page_source"
      WHEN (
        "t10"."author" IS NOT NULL
      )
      OR (
        "t10"."author_handle" IS NOT NULL
      )
      OR (
        "t10"."knows_authors" = 'page'
      )
      THEN FALSE
      ELSE CAST(NULL AS BOOLEAN)
    END AS "by_page",
    "t10"."parent_id" IS NULL AS "top_level",
    COALESCE("t10"."author_handle", "t10"."author") AS "person",
    COALESCE("t10"."post_id", "t10"."thread_id") AS "cluster"
  FROM (
    SELECT
      "t9"."page_id",
      "t9"."post_id",
      "t9"."comment_id",
      "t9"."parent_id",
      "t9"."thread_id",
      "t9"."author",
      "t9"."author_handle",
      "t9"."mentions",
      "t9"."by_page_source",
      "t9"."published_at",
      "t9"."likes",
      "t9"."gone_between",
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
        THEN TIMEZONE('Asia/Almaty', "t9"."published_at")
        WHEN "t9"."zone" = 'Asia/Oral'
        THEN TIMEZONE('Asia/Oral', "t9"."published_at")
        ELSE NULL
      END AS DATE) AS "day"
    FROM (
      SELECT
        "t8"."page_id",
        "t8"."post_id",
        "t8"."comment_id",
        "t8"."parent_id",
        "t8"."thread_id",
        "t8"."author",
        "t8"."author_handle",
        "t8"."mentions",
        "t8"."by_page_source",
        "t8"."published_at",
        "t8"."likes",
        "t8"."gone_between",
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
          "t0"."post_id",
          "t0"."comment_id",
          "t0"."parent_id",
          "t0"."thread_id",
          "t0"."author",
          "t0"."author_handle",
          "t0"."mentions",
          "t0"."by_page_source",
          "t0"."published_at",
          "t0"."likes",
          "t0"."gone_between",
          "t0"."capture_id",
          "t0"."intake_batch",
          "t0"."intake_row",
          (
            CAST("t0"."intake_batch" AS BIGINT) * 1099511627776
          ) + "t0"."intake_row" AS "record"
        FROM "comments_batches" AS "t0"
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
) AS "t11"
