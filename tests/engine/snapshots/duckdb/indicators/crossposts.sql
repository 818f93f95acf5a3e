SELECT
  "t10"."page_id",
  "t10"."period",
  COUNT(*) AS "crosspost_posts",
  SUM(CAST("t10"."comparable" AS INT)) AS "crosspost_texts",
  SUM(CAST("t10"."judged" AS INT)) AS "crosspost_n",
  SUM(CAST("t10"."elsewhere" AS INT)) AS "crosspost_k"
FROM (
  SELECT
    "t9"."page_id",
    "t9"."period",
    "t9"."elsewhere" IS NOT NULL AS "comparable",
    (
      "t9"."elsewhere" IS NOT NULL
    ) AND (
      "t3"."page" IS NOT NULL
    ) AS "judged",
    (
      "t9"."elsewhere" IS NOT NULL
    )
    AND (
      "t3"."page" IS NOT NULL
    )
    AND COALESCE("t9"."elsewhere", FALSE) AS "elsewhere"
  FROM (
    SELECT
      "t7"."page_id",
      "t7"."post_id",
      "t7"."period",
      "t7"."day",
      "t7"."elsewhere"
    FROM (
      SELECT
        "t6"."page_id",
        "t6"."post_id",
        "t6"."period",
        "t6"."day",
        "t4"."page_id" AS "page_id_right",
        "t4"."post_id" AS "post_id_right",
        "t4"."elsewhere"
      FROM (
        SELECT
          "t1"."page_id",
          "t1"."post_id",
          CAST(DATE_TRUNC('MONTH', CAST("t1"."day" AS TIMESTAMP)) AS DATE) AS "period",
          "t1"."day"
        FROM "posts" AS "t1"
        WHERE
          "t1"."day" BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
      ) AS "t6"
      LEFT OUTER JOIN "crossposts" AS "t4"
        ON "t6"."page_id" = "t4"."page_id" AND "t6"."post_id" = "t4"."post_id"
    ) AS "t7"
  ) AS "t9"
  LEFT OUTER JOIN "spans_elsewhere" AS "t3"
    ON "t9"."page_id" = "t3"."page"
    AND "t9"."day" >= "t3"."first"
    AND "t9"."day" <= "t3"."last"
) AS "t10"
GROUP BY
  1,
  2
