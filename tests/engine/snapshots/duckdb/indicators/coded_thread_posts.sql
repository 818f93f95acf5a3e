SELECT
  "t7"."page_id",
  "t7"."period",
  SUM(CAST("t7"."n_question" > 0 AS INT)) AS "question_m",
  SUM(CAST("t7"."n_question" AS DOUBLE)) AS "question_n",
  SUM(CAST("t7"."k_question" AS DOUBLE)) AS "question_k",
  SUM(CAST("t7"."k_question" AS DOUBLE) * CAST("t7"."k_question" AS DOUBLE)) AS "question_k_squared",
  SUM(CAST("t7"."k_question" AS DOUBLE) * CAST("t7"."n_question" AS DOUBLE)) AS "question_k_times_n",
  SUM(CAST("t7"."n_question" AS DOUBLE) * CAST("t7"."n_question" AS DOUBLE)) AS "question_n_squared",
  SUM("t7"."open_question") AS "question_open",
  SUM("t7"."unjudged") AS "coded_unjudged",
  SUM(CAST("t7"."n_complaint" > 0 AS INT)) AS "complaint_m",
  SUM(CAST("t7"."n_complaint" AS DOUBLE)) AS "complaint_n",
  SUM(CAST("t7"."k_complaint" AS DOUBLE)) AS "complaint_k",
  SUM(CAST("t7"."k_complaint" AS DOUBLE) * CAST("t7"."k_complaint" AS DOUBLE)) AS "complaint_k_squared",
  SUM(CAST("t7"."k_complaint" AS DOUBLE) * CAST("t7"."n_complaint" AS DOUBLE)) AS "complaint_k_times_n",
  SUM(CAST("t7"."n_complaint" AS DOUBLE) * CAST("t7"."n_complaint" AS DOUBLE)) AS "complaint_n_squared",
  SUM("t7"."open_complaint") AS "complaint_open",
  SUM(CAST("t7"."n_praise" > 0 AS INT)) AS "praise_m",
  SUM(CAST("t7"."n_praise" AS DOUBLE)) AS "praise_n",
  SUM(CAST("t7"."k_praise" AS DOUBLE)) AS "praise_k",
  SUM(CAST("t7"."k_praise" AS DOUBLE) * CAST("t7"."k_praise" AS DOUBLE)) AS "praise_k_squared",
  SUM(CAST("t7"."k_praise" AS DOUBLE) * CAST("t7"."n_praise" AS DOUBLE)) AS "praise_k_times_n",
  SUM(CAST("t7"."n_praise" AS DOUBLE) * CAST("t7"."n_praise" AS DOUBLE)) AS "praise_n_squared",
  SUM("t7"."open_praise") AS "praise_open"
FROM (
  SELECT
    "t6"."page_id",
    "t6"."period",
    "t6"."cluster",
    SUM(CAST("t6"."unknown" AS INT)) AS "unjudged",
    SUM(CAST("t6"."judged" AND (
      "t6"."k_question" > 0
    ) AS INT)) AS "n_question",
    SUM(CAST("t6"."answered" AND (
      "t6"."k_question" > 0
    ) AS INT)) AS "k_question",
    SUM(CAST("t6"."asked" AND (
      "t6"."open_question" > 0
    ) AS INT)) AS "open_question",
    SUM(CAST("t6"."judged" AND (
      "t6"."k_complaint" > 0
    ) AS INT)) AS "n_complaint",
    SUM(CAST("t6"."answered" AND (
      "t6"."k_complaint" > 0
    ) AS INT)) AS "k_complaint",
    SUM(CAST("t6"."asked" AND (
      "t6"."open_complaint" > 0
    ) AS INT)) AS "open_complaint",
    SUM(CAST("t6"."judged" AND (
      "t6"."k_praise" > 0
    ) AS INT)) AS "n_praise",
    SUM(CAST("t6"."answered" AND (
      "t6"."k_praise" > 0
    ) AS INT)) AS "k_praise",
    SUM(CAST("t6"."asked" AND (
      "t6"."open_praise" > 0
    ) AS INT)) AS "open_praise",
    SUM(CAST("t6"."judged" AND (
      "t6"."k_answerable" > 0
    ) AS INT)) AS "n_answerable",
    SUM(CAST("t6"."answered" AND (
      "t6"."k_answerable" > 0
    ) AS INT)) AS "k_answerable",
    SUM(CAST("t6"."asked" AND (
      "t6"."open_answerable" > 0
    ) AS INT)) AS "open_answerable"
  FROM (
    SELECT
      "t4"."page_id",
      "t4"."post_id",
      "t4"."comment_id",
      "t4"."published_at",
      "t4"."gone_between",
      "t4"."intake_batch",
      "t4"."intake_row",
      "t4"."record",
      "t4"."seen",
      "t4"."knows_parents",
      "t4"."day",
      "t4"."by_page",
      "t4"."person",
      "t4"."cluster",
      "t4"."first_reply_at",
      "t4"."replies",
      "t4"."inferred",
      "t4"."unknown_replies",
      "t4"."changes",
      "t4"."waiting_since",
      "t4"."seen_until",
      "t4"."first_time",
      "t4"."writer",
      "t4"."returns",
      "t4"."reply_hours",
      "t4"."removed_hours",
      "t4"."followed_hours",
      "t4"."replied_on",
      "t4"."seen_on",
      "t4"."period",
      "t4"."asked",
      "t4"."answered",
      "t4"."judged",
      "t4"."unknown",
      "t5"."n_question",
      "t5"."k_question",
      "t5"."open_question",
      "t5"."n_complaint",
      "t5"."k_complaint",
      "t5"."open_complaint",
      "t5"."n_praise",
      "t5"."k_praise",
      "t5"."open_praise",
      "t5"."n_answerable",
      "t5"."k_answerable",
      "t5"."open_answerable"
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
    ) AS "t4"
    INNER JOIN (
      SELECT
        "t1"."page_id",
        "t1"."id" AS "comment_id",
        CAST(COALESCE((
          "t1"."question" IS NOT NULL
        ) AND NOT (
          ISNAN("t1"."question")
        ), FALSE) AS BIGINT) AS "n_question",
        COALESCE(
          CASE
            WHEN (
              "t1"."question" IS NOT NULL
            ) AND NOT (
              ISNAN("t1"."question")
            )
            THEN "t1"."question"
            ELSE 0.0
          END,
          0.0
        ) AS "k_question",
        CAST(COALESCE(ISNAN("t1"."question"), FALSE) AS BIGINT) AS "open_question",
        CAST(COALESCE((
          "t1"."complaint" IS NOT NULL
        ) AND NOT (
          ISNAN("t1"."complaint")
        ), FALSE) AS BIGINT) AS "n_complaint",
        COALESCE(
          CASE
            WHEN (
              "t1"."complaint" IS NOT NULL
            ) AND NOT (
              ISNAN("t1"."complaint")
            )
            THEN "t1"."complaint"
            ELSE 0.0
          END,
          0.0
        ) AS "k_complaint",
        CAST(COALESCE(ISNAN("t1"."complaint"), FALSE) AS BIGINT) AS "open_complaint",
        CAST(COALESCE((
          "t1"."praise" IS NOT NULL
        ) AND NOT (
          ISNAN("t1"."praise")
        ), FALSE) AS BIGINT) AS "n_praise",
        COALESCE(
          CASE
            WHEN (
              "t1"."praise" IS NOT NULL
            ) AND NOT (
              ISNAN("t1"."praise")
            )
            THEN "t1"."praise"
            ELSE 0.0
          END,
          0.0
        ) AS "k_praise",
        CAST(COALESCE(ISNAN("t1"."praise"), FALSE) AS BIGINT) AS "open_praise",
        CAST(COALESCE((
          "t1"."answerable" IS NOT NULL
        ) AND NOT (
          ISNAN("t1"."answerable")
        ), FALSE) AS BIGINT) AS "n_answerable",
        COALESCE(
          CASE
            WHEN (
              "t1"."answerable" IS NOT NULL
            ) AND NOT (
              ISNAN("t1"."answerable")
            )
            THEN "t1"."answerable"
            ELSE 0.0
          END,
          0.0
        ) AS "k_answerable",
        CAST(COALESCE(ISNAN("t1"."answerable"), FALSE) AS BIGINT) AS "open_answerable"
      FROM "coded_comments" AS "t1"
    ) AS "t5"
      ON "t4"."page_id" = "t5"."page_id" AND "t4"."comment_id" = "t5"."comment_id"
  ) AS "t6"
  GROUP BY
    1,
    2,
    3
) AS "t7"
GROUP BY
  1,
  2
