SELECT
  "t13"."page_id",
  "t13"."period",
  SUM(CAST("t13"."n" > 0 AS INT)) AS "stayed_m",
  SUM(CAST("t13"."n" AS DOUBLE)) AS "stayed_n",
  SUM(CAST("t13"."k" AS DOUBLE)) AS "stayed_k",
  SUM(CAST("t13"."k" AS DOUBLE) * CAST("t13"."k" AS DOUBLE)) AS "stayed_k_squared",
  SUM(CAST("t13"."k" AS DOUBLE) * CAST("t13"."n" AS DOUBLE)) AS "stayed_k_times_n",
  SUM(CAST("t13"."n" AS DOUBLE) * CAST("t13"."n" AS DOUBLE)) AS "stayed_n_squared",
  SUM("t13"."unjudged") AS "stayed_unjudged"
FROM (
  SELECT
    "t12"."page_id",
    "t12"."period",
    CAST((
      COALESCE("t9"."answered", 0) > 0
    )
    OR (
      (
        COALESCE("t9"."asked", 0) > 0
      ) AND (
        COALESCE("t9"."unknown", 0) = 0
      )
    ) AS BIGINT) AS "n",
    CAST(COALESCE("t9"."answered", 0) > 0 AS BIGINT) AS "k",
    CAST((
      COALESCE("t9"."asked", 0) = 0
    ) AND (
      COALESCE("t9"."unknown", 0) = 0
    ) AS BIGINT) AS "quiet",
    CAST(NOT (
      (
        COALESCE("t9"."answered", 0) > 0
      )
      OR (
        (
          COALESCE("t9"."asked", 0) > 0
        ) AND (
          COALESCE("t9"."unknown", 0) = 0
        )
      )
    )
    AND (
      COALESCE("t9"."unknown", 0) > 0
    ) AS BIGINT) AS "unjudged"
  FROM (
    SELECT
      "t10"."page_id",
      "t10"."post_id",
      "t10"."period"
    FROM (
      SELECT
        "t4"."page_id",
        "t4"."post_id",
        "t4"."period",
        "t7"."n_one_way",
        "t7"."k_one_way",
        "t7"."open_one_way",
        "t7"."n_two_way",
        "t7"."k_two_way",
        "t7"."open_two_way",
        "t7"."n_publicity",
        "t7"."k_publicity",
        "t7"."open_publicity",
        "t7"."n_mention_only",
        "t7"."k_mention_only",
        "t7"."open_mention_only",
        "t7"."n_loop",
        "t7"."k_loop",
        "t7"."open_loop",
        "t7"."n_inviting",
        "t7"."k_inviting",
        "t7"."open_inviting"
      FROM (
        SELECT
          "t1"."page_id",
          "t1"."post_id",
          CAST(DATE_TRUNC('MONTH', CAST("t1"."day" AS TIMESTAMP)) AS DATE) AS "period"
        FROM "posts" AS "t1"
        WHERE
          "t1"."day" BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
      ) AS "t4"
      INNER JOIN (
        SELECT
          "t2"."page_id",
          "t2"."id" AS "post_id",
          CAST(COALESCE((
            "t2"."one_way" IS NOT NULL
          ) AND NOT (
            ISNAN("t2"."one_way")
          ), FALSE) AS BIGINT) AS "n_one_way",
          COALESCE(
            CASE
              WHEN (
                "t2"."one_way" IS NOT NULL
              ) AND NOT (
                ISNAN("t2"."one_way")
              )
              THEN "t2"."one_way"
              ELSE 0.0
            END,
            0.0
          ) AS "k_one_way",
          CAST(COALESCE(ISNAN("t2"."one_way"), FALSE) AS BIGINT) AS "open_one_way",
          CAST(COALESCE((
            "t2"."two_way" IS NOT NULL
          ) AND NOT (
            ISNAN("t2"."two_way")
          ), FALSE) AS BIGINT) AS "n_two_way",
          COALESCE(
            CASE
              WHEN (
                "t2"."two_way" IS NOT NULL
              ) AND NOT (
                ISNAN("t2"."two_way")
              )
              THEN "t2"."two_way"
              ELSE 0.0
            END,
            0.0
          ) AS "k_two_way",
          CAST(COALESCE(ISNAN("t2"."two_way"), FALSE) AS BIGINT) AS "open_two_way",
          CAST(COALESCE((
            "t2"."publicity" IS NOT NULL
          ) AND NOT (
            ISNAN("t2"."publicity")
          ), FALSE) AS BIGINT) AS "n_publicity",
          COALESCE(
            CASE
              WHEN (
                "t2"."publicity" IS NOT NULL
              ) AND NOT (
                ISNAN("t2"."publicity")
              )
              THEN "t2"."publicity"
              ELSE 0.0
            END,
            0.0
          ) AS "k_publicity",
          CAST(COALESCE(ISNAN("t2"."publicity"), FALSE) AS BIGINT) AS "open_publicity",
          CAST(COALESCE(
            (
              "t2"."mention_only" IS NOT NULL
            ) AND NOT (
              ISNAN("t2"."mention_only")
            ),
            FALSE
          ) AS BIGINT) AS "n_mention_only",
          COALESCE(
            CASE
              WHEN (
                "t2"."mention_only" IS NOT NULL
              ) AND NOT (
                ISNAN("t2"."mention_only")
              )
              THEN "t2"."mention_only"
              ELSE 0.0
            END,
            0.0
          ) AS "k_mention_only",
          CAST(COALESCE(ISNAN("t2"."mention_only"), FALSE) AS BIGINT) AS "open_mention_only",
          CAST(COALESCE((
            "t2"."loop" IS NOT NULL
          ) AND NOT (
            ISNAN("t2"."loop")
          ), FALSE) AS BIGINT) AS "n_loop",
          COALESCE(
            CASE
              WHEN (
                "t2"."loop" IS NOT NULL
              ) AND NOT (
                ISNAN("t2"."loop")
              )
              THEN "t2"."loop"
              ELSE 0.0
            END,
            0.0
          ) AS "k_loop",
          CAST(COALESCE(ISNAN("t2"."loop"), FALSE) AS BIGINT) AS "open_loop",
          CAST(COALESCE((
            "t2"."inviting" IS NOT NULL
          ) AND NOT (
            ISNAN("t2"."inviting")
          ), FALSE) AS BIGINT) AS "n_inviting",
          COALESCE(
            CASE
              WHEN (
                "t2"."inviting" IS NOT NULL
              ) AND NOT (
                ISNAN("t2"."inviting")
              )
              THEN "t2"."inviting"
              ELSE 0.0
            END,
            0.0
          ) AS "k_inviting",
          CAST(COALESCE(ISNAN("t2"."inviting"), FALSE) AS BIGINT) AS "open_inviting"
        FROM "coded_posts" AS "t2"
      ) AS "t7"
        ON "t4"."page_id" = "t7"."page_id" AND "t4"."post_id" = "t7"."post_id"
    ) AS "t10"
    WHERE
      "t10"."k_inviting" > 0
  ) AS "t12"
  LEFT OUTER JOIN (
    SELECT
      "t5"."page_id",
      "t5"."post_id",
      SUM(CAST("t5"."asked" AS INT)) AS "asked",
      SUM(CAST("t5"."answered" AS INT)) AS "answered",
      SUM(CAST("t5"."unknown" AS INT)) AS "unknown"
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
    ) AS "t5"
    GROUP BY
      1,
      2
  ) AS "t9"
    ON "t12"."page_id" = "t9"."page_id" AND "t12"."post_id" = "t9"."post_id"
) AS "t13"
GROUP BY
  1,
  2
