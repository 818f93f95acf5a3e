SELECT
  "t7"."record"
FROM (
  SELECT
    "t6"."page_id",
    "t6"."comment_id",
    "t6"."seen",
    "t6"."record",
    ROW_NUMBER() OVER (
      PARTITION BY "t6"."page_id", "t6"."comment_id"
      ORDER BY "t6"."seen" DESC, "t6"."record" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "place"
  FROM (
    SELECT
      "t3"."page_id",
      "t3"."comment_id",
      "t3"."seen",
      "t3"."record"
    FROM (
      SELECT
        "t0"."page_id",
        "t0"."comment_id",
        "t0"."seen",
        "t0"."record"
      FROM "comments_states" AS "t0"
    ) AS "t3"
    SEMI JOIN (
      SELECT
        "t2"."comment_id"
      FROM (
        SELECT
          "t0"."comment_id",
          COUNT(*) AS "CountStar(comments_states)"
        FROM "comments_states" AS "t0"
        GROUP BY
          1
      ) AS "t2"
      WHERE
        "t2"."CountStar(comments_states)" > 1
    ) AS "t5"
      ON "t3"."comment_id" = "t5"."comment_id"
  ) AS "t6"
) AS "t7"
WHERE
  "t7"."place" > 0
