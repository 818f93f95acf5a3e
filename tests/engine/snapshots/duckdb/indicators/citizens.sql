SELECT
  "t6"."page_id",
  "t6"."period",
  SUM("t6"."persons") AS "persons_asked",
  SUM("t6"."persons") FILTER(WHERE
    "t6"."comments" > 0) AS "persons",
  SUM("t6"."persons_answered") AS "persons_answered",
  ARRAY_AGG(
    (
      "t6"."comments" * 16777216
    ) + "t6"."replies" ORDER BY (
      "t6"."comments" * 16777216
    ) + "t6"."replies" ASC
  ) FILTER(WHERE
    (
      (
        "t6"."comments" * 16777216
      ) + "t6"."replies"
    ) IS NOT NULL
    AND "t6"."comments" > 0) AS "comments_and_replies",
  ARRAY_AGG("t6"."persons" ORDER BY (
    "t6"."comments" * 16777216
  ) + "t6"."replies" ASC) FILTER(WHERE
    "t6"."persons" IS NOT NULL AND "t6"."comments" > 0) AS "persons_alike"
FROM (
  SELECT
    "t5"."page_id",
    "t5"."period",
    "t5"."comments",
    "t5"."replies",
    COUNT(*) AS "persons",
    SUM(CAST("t5"."answered" AS INT)) AS "persons_answered"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t3".*
        EXCLUDE ("writer")
      FROM (
        SELECT
          "t1"."page_id",
          "t1"."period",
          "t1"."writer",
          SUM(CAST("t1"."judged" AS INT)) AS "comments",
          BOOL_OR(CAST("t1"."answered" AS BOOLEAN)) AS "answered",
          SUM("t1"."replies") AS "replies"
        FROM (
          SELECT
            "t0"."page_id",
            "t0"."post_id",
            "t0"."comment_id",
            "t0"."published_at",
            "t0"."gone_between",
            "t0"."intake_batch",
            "t0"."intake_row",
            "t0"."record",
            "t0"."seen",
            "t0"."knows_parents",
            "t0"."day",
            "t0"."by_page",
            "t0"."person",
            "t0"."cluster",
            "t0"."first_reply_at",
            "t0"."replies",
            "t0"."inferred",
            "t0"."unknown_replies",
            "t0"."changes",
            "t0"."waiting_since",
            "t0"."seen_until",
            "t0"."first_time",
            "t0"."writer",
            "t0"."returns",
            "t0"."reply_hours",
            "t0"."removed_hours",
            "t0"."followed_hours",
            "t0"."replied_on",
            "t0"."seen_on",
            CAST(DATE_TRUNC('MONTH', CAST("t0"."day" AS TIMESTAMP)) AS DATE) AS "period",
            NOT (
              "t0"."by_page"
            ) AS "asked",
            NOT (
              "t0"."by_page"
            ) AND (
              "t0"."first_reply_at" IS NOT NULL
            ) AS "answered",
            NOT (
              "t0"."by_page"
            )
            AND NOT (
              NOT (
                "t0"."first_reply_at" IS NOT NULL
              ) AND (
                "t0"."unknown_replies" > 0
              )
            ) AS "judged",
            (
              "t0"."by_page" IS NULL
            )
            OR (
              NOT (
                "t0"."by_page"
              )
              AND (
                NOT (
                  "t0"."first_reply_at" IS NOT NULL
                ) AND (
                  "t0"."unknown_replies" > 0
                )
              )
            ) AS "unknown"
          FROM "threads" AS "t0"
          WHERE
            "t0"."day" BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
            AND NOT (
              "t0"."by_page"
            )
            AND "t0"."writer" IS NOT NULL
            AND "t0"."returns"
        ) AS "t1"
        GROUP BY
          1,
          2,
          3
      ) AS "t3"
    ) AS "t4"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t0"."page_id",
        CAST(DATE_TRUNC('MONTH', CAST("t0"."day" AS TIMESTAMP)) AS DATE) AS "period",
        CAST(NOT (
          "t0"."by_page"
        )
        AND NOT (
          NOT (
            "t0"."first_reply_at" IS NOT NULL
          ) AND (
            "t0"."unknown_replies" > 0
          )
        ) AS BIGINT) AS "comments",
        NOT (
          "t0"."by_page"
        ) AND (
          "t0"."first_reply_at" IS NOT NULL
        ) AS "answered",
        "t0"."replies"
      FROM "threads" AS "t0"
      WHERE
        "t0"."day" BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
        AND NOT (
          "t0"."by_page"
        )
        AND "t0"."writer" IS NOT NULL
        AND NOT (
          "t0"."returns"
        )
    ) AS "t2"
  ) AS "t5"
  GROUP BY
    1,
    2,
    3,
    4
) AS "t6"
GROUP BY
  1,
  2
