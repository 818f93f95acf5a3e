SELECT
  "t7"."record"
FROM (
  SELECT
    "t6"."page_id",
    "t6"."captured_at",
    "t6"."seen",
    "t6"."record",
    ROW_NUMBER() OVER (
      PARTITION BY "t6"."page_id", "t6"."captured_at"
      ORDER BY "t6"."seen" DESC, "t6"."record" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "place"
  FROM (
    SELECT
      "t3"."page_id",
      "t3"."captured_at",
      "t3"."seen",
      "t3"."record"
    FROM (
      SELECT
        "t0"."page_id",
        "t0"."captured_at",
        "t0"."seen",
        "t0"."record"
      FROM "page_counts_states" AS "t0"
    ) AS "t3"
    SEMI JOIN (
      SELECT
        "t2"."captured_at"
      FROM (
        SELECT
          "t0"."captured_at",
          COUNT(*) AS "CountStar(page_counts_states)"
        FROM "page_counts_states" AS "t0"
        GROUP BY
          1
      ) AS "t2"
      WHERE
        "t2"."CountStar(page_counts_states)" > 1
    ) AS "t5"
      ON "t3"."captured_at" = "t5"."captured_at"
  ) AS "t6"
) AS "t7"
WHERE
  "t7"."place" > 0
