SELECT
  "t6"."page_id",
  "t6"."period",
  SUM(CAST("t6"."n" > 0 AS INT)) AS "boilerplate_m",
  SUM(CAST("t6"."n" AS DOUBLE)) AS "boilerplate_n",
  SUM(CAST("t6"."k" AS DOUBLE)) AS "boilerplate_k",
  SUM(CAST("t6"."k" AS DOUBLE) * CAST("t6"."k" AS DOUBLE)) AS "boilerplate_k_squared",
  SUM(CAST("t6"."k" AS DOUBLE) * CAST("t6"."n" AS DOUBLE)) AS "boilerplate_k_times_n",
  SUM(CAST("t6"."n" AS DOUBLE) * CAST("t6"."n" AS DOUBLE)) AS "boilerplate_n_squared"
FROM (
  SELECT
    "t5"."page_id",
    "t5"."period",
    "t5"."cluster",
    COUNT(*) AS "n",
    SUM(CAST("t5"."boilerplate" AS INT)) AS "k"
  FROM (
    SELECT
      "t4"."page_id",
      "t4"."post_id",
      "t4"."comment_id",
      "t4"."parent_id",
      "t4"."thread_id",
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
      "t4"."cluster",
      "t4"."period",
      "t2"."boilerplate"
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
        AND "t0"."by_page"
        AND (
          NOT (
            "t0"."top_level"
          ) OR NOT (
            "t0"."knows_parents"
          )
        )
    ) AS "t4"
    INNER JOIN "boilerplate" AS "t2"
      ON "t4"."page_id" = "t2"."page_id" AND "t4"."comment_id" = "t2"."comment_id"
  ) AS "t5"
  GROUP BY
    1,
    2,
    3
) AS "t6"
GROUP BY
  1,
  2
