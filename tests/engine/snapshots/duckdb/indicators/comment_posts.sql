SELECT
  "t2"."page_id",
  "t2"."period",
  SUM(CAST((
    "t2"."by_page" + "t2"."by_citizens"
  ) > 0 AS INT)) AS "spoken_m",
  SUM(CAST("t2"."by_page" AS DOUBLE)) AS "spoken_by_page",
  SUM(CAST("t2"."by_citizens" AS DOUBLE)) AS "spoken_by_citizens",
  SUM("t2"."by_unknown") AS "spoken_by_unknown",
  SUM(CAST("t2"."by_page" AS DOUBLE) * CAST("t2"."by_page" AS DOUBLE)) AS "spoken_page_squared",
  SUM(CAST("t2"."by_page" AS DOUBLE) * CAST("t2"."by_citizens" AS DOUBLE)) AS "spoken_page_times_citizens",
  SUM(CAST("t2"."by_citizens" AS DOUBLE) * CAST("t2"."by_citizens" AS DOUBLE)) AS "spoken_citizens_squared"
FROM (
  SELECT
    "t1"."page_id",
    "t1"."period",
    "t1"."cluster",
    SUM(CAST("t1"."by_page" AS INT)) AS "by_page",
    SUM(CAST(NOT (
      "t1"."by_page"
    ) AS INT)) AS "by_citizens",
    SUM(CAST("t1"."by_page" IS NULL AS INT)) AS "by_unknown"
  FROM (
    SELECT
      "t0"."page_id",
      "t0"."post_id",
      "t0"."comment_id",
      "t0"."parent_id",
      "t0"."thread_id",
      "t0"."mentions",
      "t0"."published_at",
      "t0"."likes",
      "t0"."gone_between",
      "t0"."intake_batch",
      "t0"."intake_row",
      "t0"."record",
      "t0"."seen",
      "t0"."knows_authors",
      "t0"."knows_parents",
      "t0"."day",
      "t0"."by_page",
      "t0"."top_level",
      "t0"."person",
      "t0"."cluster",
      CAST(DATE_TRUNC('MONTH', CAST("t0"."day" AS TIMESTAMP)) AS DATE) AS "period"
    FROM "comments" AS "t0"
    WHERE
      "t0"."day" BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
  ) AS "t1"
  GROUP BY
    1,
    2,
    3
) AS "t2"
GROUP BY
  1,
  2
