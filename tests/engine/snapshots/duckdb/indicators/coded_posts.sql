SELECT
  "t6"."page_id",
  "t6"."period",
  SUM(CAST("t6"."n_loop" > 0 AS INT)) AS "loop_m",
  SUM(CAST("t6"."n_loop" AS DOUBLE)) AS "loop_n",
  SUM("t6"."k_loop") AS "loop_k",
  SUM("t6"."k_loop" * "t6"."k_loop") AS "loop_k_squared",
  SUM("t6"."k_loop" * CAST("t6"."n_loop" AS DOUBLE)) AS "loop_k_times_n",
  SUM(CAST("t6"."n_loop" AS DOUBLE) * CAST("t6"."n_loop" AS DOUBLE)) AS "loop_n_squared",
  SUM("t6"."open_loop") AS "loop_open",
  SUM(CAST("t6"."n_one_way" > 0 AS INT)) AS "one_way_m",
  SUM(CAST("t6"."n_one_way" AS DOUBLE)) AS "one_way_n",
  SUM("t6"."k_one_way") AS "one_way_k",
  SUM("t6"."k_one_way" * "t6"."k_one_way") AS "one_way_k_squared",
  SUM("t6"."k_one_way" * CAST("t6"."n_one_way" AS DOUBLE)) AS "one_way_k_times_n",
  SUM(CAST("t6"."n_one_way" AS DOUBLE) * CAST("t6"."n_one_way" AS DOUBLE)) AS "one_way_n_squared",
  SUM("t6"."open_one_way") AS "one_way_open",
  SUM(CAST("t6"."n_two_way" > 0 AS INT)) AS "two_way_m",
  SUM(CAST("t6"."n_two_way" AS DOUBLE)) AS "two_way_n",
  SUM("t6"."k_two_way") AS "two_way_k",
  SUM("t6"."k_two_way" * "t6"."k_two_way") AS "two_way_k_squared",
  SUM("t6"."k_two_way" * CAST("t6"."n_two_way" AS DOUBLE)) AS "two_way_k_times_n",
  SUM(CAST("t6"."n_two_way" AS DOUBLE) * CAST("t6"."n_two_way" AS DOUBLE)) AS "two_way_n_squared",
  SUM("t6"."open_two_way") AS "two_way_open",
  SUM(CAST("t6"."n_mention_only" > 0 AS INT)) AS "mention_only_m",
  SUM(CAST("t6"."n_mention_only" AS DOUBLE)) AS "mention_only_n",
  SUM("t6"."k_mention_only") AS "mention_only_k",
  SUM("t6"."k_mention_only" * "t6"."k_mention_only") AS "mention_only_k_squared",
  SUM("t6"."k_mention_only" * CAST("t6"."n_mention_only" AS DOUBLE)) AS "mention_only_k_times_n",
  SUM(CAST("t6"."n_mention_only" AS DOUBLE) * CAST("t6"."n_mention_only" AS DOUBLE)) AS "mention_only_n_squared",
  SUM("t6"."open_mention_only") AS "mention_only_open"
FROM (
  SELECT
    "t3"."page_id",
    "t3"."post_id",
    "t3"."period",
    "t5"."n_one_way",
    "t5"."k_one_way",
    "t5"."open_one_way",
    "t5"."n_two_way",
    "t5"."k_two_way",
    "t5"."open_two_way",
    "t5"."n_publicity",
    "t5"."k_publicity",
    "t5"."open_publicity",
    "t5"."n_mention_only",
    "t5"."k_mention_only",
    "t5"."open_mention_only",
    "t5"."n_loop",
    "t5"."k_loop",
    "t5"."open_loop",
    "t5"."n_inviting",
    "t5"."k_inviting",
    "t5"."open_inviting"
  FROM (
    SELECT
      "t0"."page_id",
      "t0"."post_id",
      CAST(DATE_TRUNC('MONTH', CAST("t0"."day" AS TIMESTAMP)) AS DATE) AS "period"
    FROM "posts" AS "t0"
    WHERE
      "t0"."day" BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
  ) AS "t3"
  INNER JOIN (
    SELECT
      "t1"."page_id",
      "t1"."id" AS "post_id",
      CAST(COALESCE((
        "t1"."one_way" IS NOT NULL
      ) AND NOT (
        ISNAN("t1"."one_way")
      ), FALSE) AS BIGINT) AS "n_one_way",
      COALESCE(
        CASE
          WHEN (
            "t1"."one_way" IS NOT NULL
          ) AND NOT (
            ISNAN("t1"."one_way")
          )
          THEN "t1"."one_way"
          ELSE 0.0
        END,
        0.0
      ) AS "k_one_way",
      CAST(COALESCE(ISNAN("t1"."one_way"), FALSE) AS BIGINT) AS "open_one_way",
      CAST(COALESCE((
        "t1"."two_way" IS NOT NULL
      ) AND NOT (
        ISNAN("t1"."two_way")
      ), FALSE) AS BIGINT) AS "n_two_way",
      COALESCE(
        CASE
          WHEN (
            "t1"."two_way" IS NOT NULL
          ) AND NOT (
            ISNAN("t1"."two_way")
          )
          THEN "t1"."two_way"
          ELSE 0.0
        END,
        0.0
      ) AS "k_two_way",
      CAST(COALESCE(ISNAN("t1"."two_way"), FALSE) AS BIGINT) AS "open_two_way",
      CAST(COALESCE((
        "t1"."publicity" IS NOT NULL
      ) AND NOT (
        ISNAN("t1"."publicity")
      ), FALSE) AS BIGINT) AS "n_publicity",
      COALESCE(
        CASE
          WHEN (
            "t1"."publicity" IS NOT NULL
          ) AND NOT (
            ISNAN("t1"."publicity")
          )
          THEN "t1"."publicity"
          ELSE 0.0
        END,
        0.0
      ) AS "k_publicity",
      CAST(COALESCE(ISNAN("t1"."publicity"), FALSE) AS BIGINT) AS "open_publicity",
      CAST(COALESCE(
        (
          "t1"."mention_only" IS NOT NULL
        ) AND NOT (
          ISNAN("t1"."mention_only")
        ),
        FALSE
      ) AS BIGINT) AS "n_mention_only",
      COALESCE(
        CASE
          WHEN (
            "t1"."mention_only" IS NOT NULL
          ) AND NOT (
            ISNAN("t1"."mention_only")
          )
          THEN "t1"."mention_only"
          ELSE 0.0
        END,
        0.0
      ) AS "k_mention_only",
      CAST(COALESCE(ISNAN("t1"."mention_only"), FALSE) AS BIGINT) AS "open_mention_only",
      CAST(COALESCE((
        "t1"."loop" IS NOT NULL
      ) AND NOT (
        ISNAN("t1"."loop")
      ), FALSE) AS BIGINT) AS "n_loop",
      COALESCE(
        CASE
          WHEN (
            "t1"."loop" IS NOT NULL
          ) AND NOT (
            ISNAN("t1"."loop")
          )
          THEN "t1"."loop"
          ELSE 0.0
        END,
        0.0
      ) AS "k_loop",
      CAST(COALESCE(ISNAN("t1"."loop"), FALSE) AS BIGINT) AS "open_loop",
      CAST(COALESCE((
        "t1"."inviting" IS NOT NULL
      ) AND NOT (
        ISNAN("t1"."inviting")
      ), FALSE) AS BIGINT) AS "n_inviting",
      COALESCE(
        CASE
          WHEN (
            "t1"."inviting" IS NOT NULL
          ) AND NOT (
            ISNAN("t1"."inviting")
          )
          THEN "t1"."inviting"
          ELSE 0.0
        END,
        0.0
      ) AS "k_inviting",
      CAST(COALESCE(ISNAN("t1"."inviting"), FALSE) AS BIGINT) AS "open_inviting"
    FROM "coded_posts" AS "t1"
  ) AS "t5"
    ON "t3"."page_id" = "t5"."page_id" AND "t3"."post_id" = "t5"."post_id"
) AS "t6"
GROUP BY
  1,
  2
