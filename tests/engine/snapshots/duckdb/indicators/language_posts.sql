SELECT
  "t7"."page_id",
  "t7"."period",
  SUM(CAST("t7"."n_kk" > 0 AS INT)) AS "kk_m",
  SUM(CAST("t7"."n_kk" AS DOUBLE)) AS "kk_n",
  SUM(CAST("t7"."k_kk" AS DOUBLE)) AS "kk_k",
  SUM(CAST("t7"."k_kk" AS DOUBLE) * CAST("t7"."k_kk" AS DOUBLE)) AS "kk_k_squared",
  SUM(CAST("t7"."k_kk" AS DOUBLE) * CAST("t7"."n_kk" AS DOUBLE)) AS "kk_k_times_n",
  SUM(CAST("t7"."n_kk" AS DOUBLE) * CAST("t7"."n_kk" AS DOUBLE)) AS "kk_n_squared",
  SUM(CAST("t7"."n_ru" > 0 AS INT)) AS "ru_m",
  SUM(CAST("t7"."n_ru" AS DOUBLE)) AS "ru_n",
  SUM(CAST("t7"."k_ru" AS DOUBLE)) AS "ru_k",
  SUM(CAST("t7"."k_ru" AS DOUBLE) * CAST("t7"."k_ru" AS DOUBLE)) AS "ru_k_squared",
  SUM(CAST("t7"."k_ru" AS DOUBLE) * CAST("t7"."n_ru" AS DOUBLE)) AS "ru_k_times_n",
  SUM(CAST("t7"."n_ru" AS DOUBLE) * CAST("t7"."n_ru" AS DOUBLE)) AS "ru_n_squared",
  SUM("t7"."others") AS "other_languages"
FROM (
  SELECT
    "t6"."page_id",
    "t6"."period",
    "t6"."cluster",
    SUM(CAST("t6"."unknown" AS INT)) AS "unknown",
    SUM(CAST("t6"."judged" AND (
      "t6"."language" = 'kk'
    ) AS INT)) AS "n_kk",
    SUM(CAST("t6"."answered" AND (
      "t6"."language" = 'kk'
    ) AS INT)) AS "k_kk",
    SUM(CAST("t6"."judged" AND (
      "t6"."language" = 'ru'
    ) AS INT)) AS "n_ru",
    SUM(CAST("t6"."answered" AND (
      "t6"."language" = 'ru'
    ) AS INT)) AS "k_ru",
    SUM(
      CAST("t6"."judged" AND COALESCE(NOT (
        "t6"."language" IN ('kk', 'ru')
      ), TRUE) AS INT)
    ) AS "others"
  FROM (
    SELECT
      "t5"."page_id",
      "t5"."post_id",
      "t5"."comment_id",
      "t5"."published_at",
      "t5"."gone_between",
      "t5"."intake_batch",
      "t5"."intake_row",
      "t5"."record",
      "t5"."seen",
      "t5"."knows_parents",
      "t5"."day",
      "t5"."by_page",
      "t5"."person",
      "t5"."cluster",
      "t5"."first_reply_at",
      "t5"."replies",
      "t5"."inferred",
      "t5"."unknown_replies",
      "t5"."changes",
      "t5"."waiting_since",
      "t5"."seen_until",
      "t5"."first_time",
      "t5"."writer",
      "t5"."returns",
      "t5"."reply_hours",
      "t5"."removed_hours",
      "t5"."followed_hours",
      "t5"."replied_on",
      "t5"."seen_on",
      "t5"."period",
      "t5"."asked",
      "t5"."answered",
      "t5"."judged",
      "t5"."unknown",
      "t3"."page_id" AS "page_id_right",
      "t3"."comment_id" AS "comment_id_right",
      "t3"."language"
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
    ) AS "t5"
    LEFT OUTER JOIN (
      SELECT
        "t1"."page_id",
        "t1"."comment_id",
        "t1"."language"
      FROM "readings" AS "t1"
    ) AS "t3"
      ON "t5"."page_id" = "t3"."page_id" AND "t5"."comment_id" = "t3"."comment_id"
  ) AS "t6"
  GROUP BY
    1,
    2,
    3
) AS "t7"
GROUP BY
  1,
  2
