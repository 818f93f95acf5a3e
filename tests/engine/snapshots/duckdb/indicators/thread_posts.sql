SELECT
  "t2"."page_id",
  "t2"."period",
  SUM(CAST("t2"."n" > 0 AS INT)) AS "threads_m",
  SUM(CAST("t2"."n" AS DOUBLE)) AS "threads_n",
  SUM(CAST("t2"."k" AS DOUBLE)) AS "threads_k",
  SUM(CAST("t2"."k" AS DOUBLE) * CAST("t2"."k" AS DOUBLE)) AS "threads_k_squared",
  SUM(CAST("t2"."k" AS DOUBLE) * CAST("t2"."n" AS DOUBLE)) AS "threads_k_times_n",
  SUM(CAST("t2"."n" AS DOUBLE) * CAST("t2"."n" AS DOUBLE)) AS "threads_n_squared",
  SUM("t2"."unknown") AS "unknown",
  SUM("t2"."inferred") AS "inferred",
  SUM("t2"."asked") AS "asked",
  SUM("t2"."nobody") AS "nobody",
  SUM(CAST("t2"."of_post" AND (
    "t2"."n" > 0
  ) AS INT)) AS "posts_asked",
  SUM(CAST("t2"."of_post" AND (
    "t2"."n" > 0
  ) AND (
    "t2"."k" > 0
  ) AS INT)) AS "posts_answered",
  SUM(CAST("t2"."n_1h" > 0 AS INT)) AS "within_1h_m",
  SUM(CAST("t2"."n_1h" AS DOUBLE)) AS "within_1h_n",
  SUM(CAST("t2"."k_1h" AS DOUBLE)) AS "within_1h_k",
  SUM(CAST("t2"."k_1h" AS DOUBLE) * CAST("t2"."k_1h" AS DOUBLE)) AS "within_1h_k_squared",
  SUM(CAST("t2"."k_1h" AS DOUBLE) * CAST("t2"."n_1h" AS DOUBLE)) AS "within_1h_k_times_n",
  SUM(CAST("t2"."n_1h" AS DOUBLE) * CAST("t2"."n_1h" AS DOUBLE)) AS "within_1h_n_squared",
  SUM(CAST("t2"."n_24h" > 0 AS INT)) AS "within_24h_m",
  SUM(CAST("t2"."n_24h" AS DOUBLE)) AS "within_24h_n",
  SUM(CAST("t2"."k_24h" AS DOUBLE)) AS "within_24h_k",
  SUM(CAST("t2"."k_24h" AS DOUBLE) * CAST("t2"."k_24h" AS DOUBLE)) AS "within_24h_k_squared",
  SUM(CAST("t2"."k_24h" AS DOUBLE) * CAST("t2"."n_24h" AS DOUBLE)) AS "within_24h_k_times_n",
  SUM(CAST("t2"."n_24h" AS DOUBLE) * CAST("t2"."n_24h" AS DOUBLE)) AS "within_24h_n_squared",
  SUM(CAST("t2"."n_72h" > 0 AS INT)) AS "within_72h_m",
  SUM(CAST("t2"."n_72h" AS DOUBLE)) AS "within_72h_n",
  SUM(CAST("t2"."k_72h" AS DOUBLE)) AS "within_72h_k",
  SUM(CAST("t2"."k_72h" AS DOUBLE) * CAST("t2"."k_72h" AS DOUBLE)) AS "within_72h_k_squared",
  SUM(CAST("t2"."k_72h" AS DOUBLE) * CAST("t2"."n_72h" AS DOUBLE)) AS "within_72h_k_times_n",
  SUM(CAST("t2"."n_72h" AS DOUBLE) * CAST("t2"."n_72h" AS DOUBLE)) AS "within_72h_n_squared",
  SUM(CAST("t2"."n_7d" > 0 AS INT)) AS "within_7d_m",
  SUM(CAST("t2"."n_7d" AS DOUBLE)) AS "within_7d_n",
  SUM(CAST("t2"."k_7d" AS DOUBLE)) AS "within_7d_k",
  SUM(CAST("t2"."k_7d" AS DOUBLE) * CAST("t2"."k_7d" AS DOUBLE)) AS "within_7d_k_squared",
  SUM(CAST("t2"."k_7d" AS DOUBLE) * CAST("t2"."n_7d" AS DOUBLE)) AS "within_7d_k_times_n",
  SUM(CAST("t2"."n_7d" AS DOUBLE) * CAST("t2"."n_7d" AS DOUBLE)) AS "within_7d_n_squared",
  SUM("t2"."keyless") AS "keyless",
  SUM("t2"."n_keyless") AS "keyless_judged",
  SUM(CAST("t2"."n_first" > 0 AS INT)) AS "first_m",
  SUM(CAST("t2"."n_first" AS DOUBLE)) AS "first_n",
  SUM(CAST("t2"."k_first" AS DOUBLE)) AS "first_k",
  SUM(CAST("t2"."k_first" AS DOUBLE) * CAST("t2"."k_first" AS DOUBLE)) AS "first_k_squared",
  SUM(CAST("t2"."k_first" AS DOUBLE) * CAST("t2"."n_first" AS DOUBLE)) AS "first_k_times_n",
  SUM(CAST("t2"."n_first" AS DOUBLE) * CAST("t2"."n_first" AS DOUBLE)) AS "first_n_squared",
  SUM("t2"."n_followed") AS "followed_k",
  SUM(CAST("t2"."n_followed" > 0 AS INT)) AS "continued_m",
  SUM(CAST("t2"."n_followed" AS DOUBLE)) AS "continued_n",
  SUM(CAST("t2"."k_continued" AS DOUBLE)) AS "continued_k",
  SUM(CAST("t2"."k_continued" AS DOUBLE) * CAST("t2"."k_continued" AS DOUBLE)) AS "continued_k_squared",
  SUM(CAST("t2"."k_continued" AS DOUBLE) * CAST("t2"."n_followed" AS DOUBLE)) AS "continued_k_times_n",
  SUM(CAST("t2"."n_followed" AS DOUBLE) * CAST("t2"."n_followed" AS DOUBLE)) AS "continued_n_squared",
  SUM(CAST("t2"."turns_n" > 0 AS INT)) AS "turns_m",
  SUM(CAST("t2"."turns_n" AS DOUBLE)) AS "turns_n",
  SUM(CAST(COALESCE("t2"."turns", 0) AS DOUBLE)) AS "turns",
  SUM(
    CAST(COALESCE("t2"."turns", 0) AS DOUBLE) * CAST(COALESCE("t2"."turns", 0) AS DOUBLE)
  ) AS "turns_squared",
  SUM(CAST(COALESCE("t2"."turns", 0) AS DOUBLE) * CAST("t2"."turns_n" AS DOUBLE)) AS "turns_times_n",
  SUM(CAST("t2"."turns_n" AS DOUBLE) * CAST("t2"."turns_n" AS DOUBLE)) AS "turns_n_squared",
  SUM(CAST("t2"."n_again" > 0 AS INT)) AS "followed_up_m",
  SUM(CAST("t2"."n_again" AS DOUBLE)) AS "followed_up_n",
  SUM(CAST("t2"."k_again" AS DOUBLE)) AS "followed_up_k",
  SUM(CAST("t2"."k_again" AS DOUBLE) * CAST("t2"."k_again" AS DOUBLE)) AS "followed_up_k_squared",
  SUM(CAST("t2"."k_again" AS DOUBLE) * CAST("t2"."n_again" AS DOUBLE)) AS "followed_up_k_times_n",
  SUM(CAST("t2"."n_again" AS DOUBLE) * CAST("t2"."n_again" AS DOUBLE)) AS "followed_up_n_squared"
FROM (
  SELECT
    "t1"."page_id",
    "t1"."period",
    "t1"."cluster",
    SUM(CAST("t1"."judged" AS INT)) AS "n",
    SUM(CAST("t1"."answered" AS INT)) AS "k",
    SUM(CAST("t1"."unknown" AS INT)) AS "unknown",
    SUM(CAST("t1"."asked" AS INT)) AS "asked",
    SUM(CAST("t1"."by_page" IS NULL AS INT)) AS "nobody",
    SUM(CAST("t1"."asked" AND NOT (
      "t1"."knows_parents"
    ) AS INT)) AS "inferred",
    SUM(CAST("t1"."judged" AND "t1"."first_time" AS INT)) AS "n_first",
    SUM(CAST("t1"."answered" AND "t1"."first_time" AS INT)) AS "k_first",
    SUM(CAST("t1"."asked" AND (
      "t1"."writer" IS NULL
    ) AS INT)) AS "keyless",
    SUM(CAST("t1"."judged" AND (
      "t1"."writer" IS NULL
    ) AS INT)) AS "n_keyless",
    SUM(CAST("t1"."judged" AND (
      "t1"."changes" IS NOT NULL
    ) AS INT)) AS "turns_n",
    SUM("t1"."changes") FILTER(WHERE
      "t1"."judged" AND (
        "t1"."changes" IS NOT NULL
      )) AS "turns",
    SUM(
      CAST("t1"."judged" AND (
        "t1"."changes" IS NOT NULL
      ) AND "t1"."answered" AS INT)
    ) AS "n_followed",
    SUM(
      CAST("t1"."judged" AND (
        "t1"."changes" IS NOT NULL
      ) AND (
        "t1"."changes" >= 3
      ) AS INT)
    ) AS "k_continued",
    SUM(
      CAST("t1"."judged" AND (
        "t1"."changes" IS NOT NULL
      ) AND (
        "t1"."changes" >= 2
      ) AS INT)
    ) AS "n_again",
    SUM(
      CAST("t1"."judged"
      AND (
        "t1"."changes" IS NOT NULL
      )
      AND (
        "t1"."changes" >= 2
      )
      AND (
        (
          "t1"."changes" % 2
        ) = 1
      ) AS INT)
    ) AS "k_again",
    BOOL_OR(CAST("t1"."post_id" IS NOT NULL AS BOOLEAN)) AS "of_post",
    SUM(CAST("t1"."judged" AND (
      "t1"."followed_hours" >= 1
    ) AS INT)) AS "n_1h",
    SUM(
      CAST("t1"."judged"
      AND (
        "t1"."followed_hours" >= 1
      )
      AND "t1"."answered"
      AND (
        "t1"."reply_hours" <= 1
      ) AS INT)
    ) AS "k_1h",
    SUM(CAST("t1"."judged" AND (
      "t1"."followed_hours" >= 24
    ) AS INT)) AS "n_24h",
    SUM(
      CAST("t1"."judged"
      AND (
        "t1"."followed_hours" >= 24
      )
      AND "t1"."answered"
      AND (
        "t1"."reply_hours" <= 24
      ) AS INT)
    ) AS "k_24h",
    SUM(CAST("t1"."judged" AND (
      "t1"."followed_hours" >= 72
    ) AS INT)) AS "n_72h",
    SUM(
      CAST("t1"."judged"
      AND (
        "t1"."followed_hours" >= 72
      )
      AND "t1"."answered"
      AND (
        "t1"."reply_hours" <= 72
      ) AS INT)
    ) AS "k_72h",
    SUM(CAST("t1"."judged" AND (
      "t1"."followed_hours" >= 168
    ) AS INT)) AS "n_7d",
    SUM(
      CAST("t1"."judged"
      AND (
        "t1"."followed_hours" >= 168
      )
      AND "t1"."answered"
      AND (
        "t1"."reply_hours" <= 168
      ) AS INT)
    ) AS "k_7d"
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
  ) AS "t1"
  GROUP BY
    1,
    2,
    3
) AS "t2"
GROUP BY
  1,
  2
