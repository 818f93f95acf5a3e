SELECT
  "t11"."page_id",
  "t11"."period",
  SUM(CAST("t11"."n" > 0 AS INT)) AS "standard_m",
  SUM(CAST("t11"."n" AS DOUBLE)) AS "standard_n",
  SUM(CAST("t11"."k" AS DOUBLE)) AS "standard_k",
  SUM(CAST("t11"."k" AS DOUBLE) * CAST("t11"."k" AS DOUBLE)) AS "standard_k_squared",
  SUM(CAST("t11"."k" AS DOUBLE) * CAST("t11"."n" AS DOUBLE)) AS "standard_k_times_n",
  SUM(CAST("t11"."n" AS DOUBLE) * CAST("t11"."n" AS DOUBLE)) AS "standard_n_squared"
FROM (
  SELECT
    "t10"."page_id",
    "t10"."period",
    "t10"."cluster",
    SUM(CAST((
      "t10"."seen_on_number" - "t10"."day_number"
    ) > 5 AS INT)) AS "n",
    SUM(
      CAST((
        (
          "t10"."seen_on_number" - "t10"."day_number"
        ) > 5
      )
      AND "t10"."answered"
      AND (
        (
          "t10"."replied_on_number" - "t10"."day_number"
        ) <= 5
      ) AS INT)
    ) AS "k"
  FROM (
    SELECT
      "t9"."page_id",
      "t9"."post_id",
      "t9"."comment_id",
      "t9"."published_at",
      "t9"."gone_between",
      "t9"."intake_batch",
      "t9"."intake_row",
      "t9"."record",
      "t9"."seen",
      "t9"."knows_parents",
      "t9"."day",
      "t9"."by_page",
      "t9"."person",
      "t9"."cluster",
      "t9"."first_reply_at",
      "t9"."replies",
      "t9"."inferred",
      "t9"."unknown_replies",
      "t9"."changes",
      "t9"."waiting_since",
      "t9"."seen_until",
      "t9"."first_time",
      "t9"."writer",
      "t9"."returns",
      "t9"."reply_hours",
      "t9"."removed_hours",
      "t9"."followed_hours",
      "t9"."replied_on",
      "t9"."seen_on",
      "t9"."period",
      "t9"."asked",
      "t9"."answered",
      "t9"."judged",
      "t9"."unknown",
      "t5"."day" AS "day_right",
      "t5"."day_number",
      "t6"."replied_on" AS "replied_on_right",
      "t6"."replied_on_number",
      "t7"."seen_on" AS "seen_on_right",
      "t7"."seen_on_number"
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
        AND (
          NOT (
            "t0"."by_page"
          )
          AND NOT (
            NOT (
              "t0"."first_reply_at" IS NOT NULL
            ) AND (
              "t0"."unknown_replies" > 0
            )
          )
        )
    ) AS "t9"
    LEFT OUTER JOIN (
      SELECT
        "t1"."workday" AS "day",
        "t1"."number" AS "day_number"
      FROM "working_days" AS "t1"
    ) AS "t5"
      ON "t9"."day" = "t5"."day"
    LEFT OUTER JOIN (
      SELECT
        "t1"."workday" AS "replied_on",
        "t1"."number" AS "replied_on_number"
      FROM "working_days" AS "t1"
    ) AS "t6"
      ON "t9"."replied_on" = "t6"."replied_on"
    LEFT OUTER JOIN (
      SELECT
        "t1"."workday" AS "seen_on",
        "t1"."number" AS "seen_on_number"
      FROM "working_days" AS "t1"
    ) AS "t7"
      ON "t9"."seen_on" = "t7"."seen_on"
  ) AS "t10"
  GROUP BY
    1,
    2,
    3
) AS "t11"
GROUP BY
  1,
  2
