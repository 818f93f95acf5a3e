SELECT
  "t10".*
  EXCLUDE ("speakers", "zone")
FROM (
  SELECT
    "t9"."page_id",
    "t9"."post_id",
    "t9"."published_at",
    "t9"."kind",
    "t9"."likes",
    "t9"."reaction_like",
    "t9"."reaction_love",
    "t9"."reaction_care",
    "t9"."reaction_haha",
    "t9"."reaction_wow",
    "t9"."reaction_sad",
    "t9"."reaction_angry",
    "t9"."reaction_other",
    "t9"."comments",
    "t9"."shares",
    "t9"."views",
    "t9"."followers_then",
    "t9"."comments_open",
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
      "t8"."published_at",
      "t8"."kind",
      "t8"."likes",
      "t8"."reaction_like",
      "t8"."reaction_love",
      "t8"."reaction_care",
      "t8"."reaction_haha",
      "t8"."reaction_wow",
      "t8"."reaction_sad",
      "t8"."reaction_angry",
      "t8"."reaction_other",
      "t8"."comments",
      "t8"."shares",
      "t8"."views",
      "t8"."followers_then",
      "t8"."comments_open",
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
        (
          CAST("t0"."intake_batch" AS BIGINT) * 1099511627776
        ) + "t0"."intake_row" AS "record"
      FROM "posts_batches" AS "t0"
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
