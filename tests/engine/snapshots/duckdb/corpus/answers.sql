SELECT
  "t7".*
  EXCLUDE ("thread_right")
FROM (
  SELECT
    "t3"."thread",
    "t3"."replied_at",
    "t3"."replied",
    "t3"."unknown_replies",
    "t3"."nameless",
    "t3"."seen_below",
    "t6"."thread" AS "thread_right",
    "t6"."passed",
    "t6"."turned_at"
  FROM (
    SELECT
      "t0"."thread",
      MIN("t0"."message_at") FILTER(WHERE
        "t0"."by_page" AND (
          "t0"."message_at" > "t0"."root_at"
        )) AS "replied_at",
      SUM(CAST("t0"."by_page" AND (
        "t0"."message_at" > "t0"."root_at"
      ) AS INT)) AS "replied",
      SUM(
        CAST((
          "t0"."by_page" IS NULL
        ) AND (
          "t0"."message_at" > "t0"."root_at"
        ) AS INT)
      ) AS "unknown_replies",
      SUM(
        CAST(NOT (
          "t0"."by_page"
        )
        AND (
          (
            "t0"."person" IS NULL
          ) OR (
            "t0"."root_person" IS NULL
          )
        )
        AND (
          "t0"."message_at" > "t0"."root_at"
        ) AS INT)
      ) AS "nameless",
      MAX("t0"."seen") AS "seen_below"
    FROM "below" AS "t0"
    GROUP BY
      1
  ) AS "t3"
  LEFT OUTER JOIN (
    SELECT
      "t4"."thread",
      SUM(CAST("t4"."passes" AS INT)) AS "passed",
      MAX("t4"."message_at") FILTER(WHERE
        "t4"."passes") AS "turned_at"
    FROM (
      SELECT
        "t1"."by_page",
        "t1"."person",
        "t1"."seen",
        "t1"."message_id",
        "t1"."message_at",
        "t1"."thread",
        "t1"."root_at",
        "t1"."root_person",
        "t1"."root_by_page",
        "t1"."by_page" <> COALESCE(
          LAG("t1"."by_page") OVER (
            PARTITION BY "t1"."thread"
            ORDER BY "t1"."message_at" ASC, "t1"."message_id" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ),
          FALSE
        ) AS "passes"
      FROM (
        SELECT
          *
        FROM "below" AS "t0"
        WHERE
          "t0"."message_at" > "t0"."root_at"
          AND NOT (
            "t0"."root_by_page"
          )
          AND (
            "t0"."by_page" OR (
              "t0"."person" = "t0"."root_person"
            )
          )
      ) AS "t1"
    ) AS "t4"
    GROUP BY
      1
  ) AS "t6"
    ON "t3"."thread" = "t6"."thread"
) AS "t7"
