SELECT
  "t5"."page_id",
  "t5"."period",
  ARRAY_AGG("t5"."followers" ORDER BY "t5"."moment" ASC) FILTER(WHERE
    "t5"."followers" IS NOT NULL
    AND NOT (
      "t5"."at_posting"
    )
    AND (
      "t5"."followers" IS NOT NULL
    )) AS "followers",
  ARRAY_AGG(DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t5"."day") ORDER BY "t5"."moment" ASC) FILTER(WHERE
    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t5"."day") IS NOT NULL
    AND NOT (
      "t5"."at_posting"
    )
    AND (
      "t5"."followers" IS NOT NULL
    )) AS "followers_day",
  ARRAY_AGG("t5"."followers" ORDER BY "t5"."moment" ASC) FILTER(WHERE
    "t5"."followers" IS NOT NULL
    AND "t5"."at_posting"
    AND (
      "t5"."followers" IS NOT NULL
    )) AS "followers_then",
  ARRAY_AGG(DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t5"."day") ORDER BY "t5"."moment" ASC) FILTER(WHERE
    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t5"."day") IS NOT NULL
    AND "t5"."at_posting"
    AND (
      "t5"."followers" IS NOT NULL
    )) AS "followers_then_day",
  ARRAY_AGG("t5"."posts_total" ORDER BY "t5"."moment" ASC) FILTER(WHERE
    "t5"."posts_total" IS NOT NULL
    AND NOT (
      "t5"."at_posting"
    )
    AND (
      "t5"."posts_total" IS NOT NULL
    )) AS "posts_total",
  ARRAY_AGG(DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t5"."day") ORDER BY "t5"."moment" ASC) FILTER(WHERE
    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t5"."day") IS NOT NULL
    AND NOT (
      "t5"."at_posting"
    )
    AND (
      "t5"."posts_total" IS NOT NULL
    )) AS "posts_total_day"
FROM (
  SELECT
    "t4"."page_id",
    "t4"."day",
    "t4"."followers",
    "t4"."posts_total",
    "t4"."moment",
    "t4"."at_posting",
    CAST(DATE_TRUNC('MONTH', CAST("t4"."day" AS TIMESTAMP)) AS DATE) AS "period"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."page_id",
        "t0"."day",
        "t0"."followers",
        "t0"."posts_total",
        "t0"."captured_at" AS "moment",
        FALSE AS "at_posting"
      FROM "page_counts" AS "t0"
    ) AS "t2"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t1"."page_id",
        "t1"."day",
        "t1"."followers_then" AS "followers",
        CAST(NULL AS BIGINT) AS "posts_total",
        "t1"."published_at" AS "moment",
        TRUE AS "at_posting"
      FROM "posts" AS "t1"
      WHERE
        "t1"."followers_then" IS NOT NULL
    ) AS "t3"
  ) AS "t4"
  WHERE
    "t4"."day" BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
) AS "t5"
GROUP BY
  1,
  2
