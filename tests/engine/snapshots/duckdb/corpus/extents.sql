SELECT
  COALESCE("t12"."page_id", "t8"."page_id") AS "page_id",
  COALESCE("t12"."post_id", "t8"."post_id") AS "post_id",
  COALESCE("t12"."published_on", "t8"."first_day") AS "day",
  "t12"."shown",
  COALESCE("t8"."captured", 0) AS "captured"
FROM (
  SELECT
    "t10"."page_id",
    "t10"."post_id",
    MAX("t10"."published_on") AS "published_on",
    COALESCE(MAX("t10"."comments"), MAX("t10"."announced")) AS "shown"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."page_id",
        "t0"."post_id",
        "t0"."comments",
        "t0"."day" AS "published_on",
        CAST(NULL AS BIGINT) AS "announced"
      FROM "posts" AS "t0"
    ) AS "t3"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t6"."page_id",
        "t6"."post_id",
        CAST(NULL AS BIGINT) AS "comments",
        CAST(NULL AS DATE) AS "published_on",
        "t6"."announced"
      FROM (
        SELECT
          "t5"."page_id",
          "t5"."post_id",
          FIRST("t5"."announced" ORDER BY "t5"."seen" DESC) AS "announced"
        FROM (
          SELECT
            *
          FROM "captures" AS "t2"
          WHERE
            "t2"."announced" IS NOT NULL AND "t2"."post_id" IS NOT NULL
        ) AS "t5"
        GROUP BY
          1,
          2
      ) AS "t6"
    ) AS "t9"
  ) AS "t10"
  GROUP BY
    1,
    2
) AS "t12"
FULL OUTER JOIN (
  SELECT
    "t4"."page_id",
    "t4"."post_id",
    SUM(CAST("t4"."gone_between" IS NULL AS INT)) AS "captured",
    MIN("t4"."day") AS "first_day"
  FROM (
    SELECT
      *
    FROM "comments" AS "t1"
    WHERE
      "t1"."post_id" IS NOT NULL
  ) AS "t4"
  GROUP BY
    1,
    2
) AS "t8"
  ON "t12"."page_id" = "t8"."page_id" AND "t12"."post_id" = "t8"."post_id"
