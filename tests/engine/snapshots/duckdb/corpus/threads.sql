SELECT
  "t50"."page_id",
  "t50"."post_id",
  "t50"."comment_id",
  "t50"."published_at",
  "t50"."gone_between",
  "t50"."intake_batch",
  "t50"."intake_row",
  "t50"."record",
  "t50"."seen",
  "t50"."knows_parents",
  "t50"."day",
  "t50"."by_page",
  "t50"."person",
  "t50"."first_reply_at",
  "t50"."replies",
  "t50"."inferred",
  "t50"."unknown_replies",
  "t50"."changes",
  "t50"."waiting_since",
  "t50"."seen_until",
  "t50"."first_time",
  "t50"."reply_hours",
  "t50"."removed_hours",
  "t50"."followed_hours"
FROM (
  SELECT
    "t49"."page_id",
    "t49"."post_id",
    "t49"."comment_id",
    "t49"."published_at",
    "t49"."gone_between",
    "t49"."intake_batch",
    "t49"."intake_row",
    "t49"."record",
    "t49"."seen",
    "t49"."knows_parents",
    "t49"."day",
    "t49"."by_page",
    "t49"."person",
    "t49"."thread",
    "t49"."replied_at",
    "t49"."replied",
    "t49"."unknown_replies",
    "t49"."nameless",
    "t49"."seen_below",
    "t49"."passed",
    "t49"."turned_at",
    "t49"."thread_21",
    "t49"."mentioned_at",
    "t49"."mentioned",
    "t49"."thread_24",
    "t49"."looked_until",
    "t49"."page_id_right",
    "t49"."person_right",
    "t49"."first_written",
    "t49"."first_reply_at",
    "t49"."replies",
    "t49"."inferred",
    "t49"."seen_until",
    "t49"."first_time",
    "t49"."changes",
    "t49"."waiting_since",
    (
      EPOCH_US("t49"."first_reply_at") - EPOCH_US("t49"."published_at")
    ) / 3600000000 AS "reply_hours",
    CASE
      WHEN (
        (
          (
            (
              EPOCH_US("t49"."gone_between"."seen") - EPOCH_US("t49"."published_at")
            ) / 3600000000
          ) + (
            (
              EPOCH_US("t49"."gone_between"."missed") - EPOCH_US("t49"."published_at")
            ) / 3600000000
          )
        ) / 2
      ) < 0
      THEN 0.0
      ELSE (
        (
          (
            EPOCH_US("t49"."gone_between"."seen") - EPOCH_US("t49"."published_at")
          ) / 3600000000
        ) + (
          (
            EPOCH_US("t49"."gone_between"."missed") - EPOCH_US("t49"."published_at")
          ) / 3600000000
        )
      ) / 2
    END AS "removed_hours",
    GREATEST(
      (
        EPOCH_US("t49"."seen_until") - EPOCH_US("t49"."published_at")
      ) / 3600000000,
      0.0
    ) AS "followed_hours"
  FROM (
    SELECT
      "t48"."page_id",
      "t48"."post_id",
      "t48"."comment_id",
      "t48"."published_at",
      "t48"."gone_between",
      "t48"."intake_batch",
      "t48"."intake_row",
      "t48"."record",
      "t48"."seen",
      "t48"."knows_parents",
      "t48"."day",
      "t48"."by_page",
      "t48"."person",
      "t48"."thread",
      "t48"."replied_at",
      "t48"."replied",
      COALESCE("t48"."unknown_replies", 0) AS "unknown_replies",
      COALESCE("t48"."nameless", 0) AS "nameless",
      "t48"."seen_below",
      "t48"."passed",
      "t48"."turned_at",
      "t48"."thread_21",
      "t48"."mentioned_at",
      "t48"."mentioned",
      "t48"."thread_24",
      "t48"."looked_until",
      "t48"."page_id_right",
      "t48"."person_right",
      "t48"."first_written",
      COALESCE("t48"."replied_at", "t48"."mentioned_at") AS "first_reply_at",
      COALESCE("t48"."replied", 0) + COALESCE("t48"."mentioned", 0) AS "replies",
      "t48"."mentioned_at" IS NOT NULL AS "inferred",
      GREATEST(
        "t48"."seen",
        COALESCE("t48"."seen_below", "t48"."seen"),
        COALESCE("t48"."looked_until", "t48"."seen")
      ) AS "seen_until",
      COALESCE(
        "t48"."published_at" = "t48"."first_written",
        NOT (
          "t48"."by_page"
        ) AND (
          "t48"."person" IS NOT NULL
        )
      ) AS "first_time",
      CASE
        WHEN COALESCE("t48"."unknown_replies", 0) > 0
        THEN CAST(NULL AS BIGINT)
        WHEN COALESCE("t48"."replied_at", "t48"."mentioned_at") IS NULL
        THEN 0
        WHEN COALESCE("t48"."nameless", 0) > 0
        THEN CAST(NULL AS BIGINT)
        WHEN "t48"."mentioned_at" IS NOT NULL
        THEN 1
        ELSE "t48"."passed"
      END AS "changes",
      CASE
        WHEN (
          COALESCE("t48"."replied_at", "t48"."mentioned_at") IS NULL
        )
        AND (
          COALESCE("t48"."unknown_replies", 0) = 0
        )
        THEN "t48"."published_at"
        WHEN (
          CASE
            WHEN COALESCE("t48"."unknown_replies", 0) > 0
            THEN CAST(NULL AS BIGINT)
            WHEN COALESCE("t48"."replied_at", "t48"."mentioned_at") IS NULL
            THEN 0
            WHEN COALESCE("t48"."nameless", 0) > 0
            THEN CAST(NULL AS BIGINT)
            WHEN "t48"."mentioned_at" IS NOT NULL
            THEN 1
            ELSE "t48"."passed"
          END % 2
        ) = 0
        THEN "t48"."turned_at"
        ELSE NULL
      END AS "waiting_since"
    FROM (
      SELECT
        "t13"."page_id",
        "t13"."post_id",
        "t13"."comment_id",
        "t13"."published_at",
        "t13"."gone_between",
        "t13"."intake_batch",
        "t13"."intake_row",
        "t13"."record",
        "t13"."seen",
        "t13"."knows_parents",
        "t13"."day",
        "t13"."by_page",
        "t13"."person",
        "t4"."thread",
        "t4"."replied_at",
        "t4"."replied",
        "t4"."unknown_replies",
        "t4"."nameless",
        "t4"."seen_below",
        "t4"."passed",
        "t4"."turned_at",
        "t47"."thread" AS "thread_21",
        "t47"."mentioned_at",
        "t47"."mentioned",
        "t44"."thread" AS "thread_24",
        "t44"."looked_until",
        "t32"."page_id" AS "page_id_right",
        "t32"."person" AS "person_right",
        "t32"."first_written"
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
          "t0"."person"
        FROM "comments" AS "t0"
        WHERE
          "t0"."top_level"
      ) AS "t13"
      LEFT OUTER JOIN "answers" AS "t4"
        ON "t13"."record" = "t4"."thread"
      LEFT OUTER JOIN (
        SELECT
          "t45"."thread",
          MIN("t45"."reply_at") AS "mentioned_at",
          COUNT(*) AS "mentioned"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t39"."page_id",
              "t39"."post_id",
              "t39"."published_at",
              "t39"."person",
              "t39"."thread",
              "t39"."reply_id",
              "t39"."reply_at",
              ROW_NUMBER() OVER (
                PARTITION BY "t39"."page_id", "t39"."reply_id", "t39"."person"
                ORDER BY "t39"."published_at" DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t21"."page_id",
                  "t21"."post_id",
                  "t21"."published_at",
                  "t21"."person",
                  "t21"."thread",
                  "t27"."reply_id",
                  "t27"."reply_at"
                FROM (
                  SELECT
                    "t0"."page_id",
                    "t0"."post_id",
                    "t0"."published_at",
                    "t0"."person",
                    "t0"."record" AS "thread"
                  FROM "comments" AS "t0"
                  WHERE
                    NOT (
                      "t0"."knows_parents"
                    ) AND "t0"."top_level" AND NOT (
                      "t0"."by_page"
                    )
                ) AS "t21"
                INNER JOIN (
                  SELECT
                    "t10"."page_id",
                    "t10"."post_id",
                    "t10"."comment_id" AS "reply_id",
                    "t10"."published_at" AS "reply_at",
                    UNNEST("t10"."mentions") AS "person"
                  FROM (
                    SELECT
                      *
                    FROM "comments" AS "t0"
                    WHERE
                      NOT (
                        "t0"."knows_parents"
                      ) AND "t0"."by_page"
                  ) AS "t10"
                ) AS "t27"
                  ON "t21"."page_id" = "t27"."page_id"
                  AND "t21"."post_id" = "t27"."post_id"
                  AND "t21"."person" = "t27"."person"
              ) AS "t34"
              WHERE
                "t34"."published_at" < "t34"."reply_at"
            ) AS "t39"
          ) AS "t42"
          WHERE
            "t42"."place" = 0
        ) AS "t45"
        GROUP BY
          1
      ) AS "t47"
        ON "t13"."record" = "t47"."thread"
      LEFT OUTER JOIN (
        SELECT
          "t41"."thread",
          MAX("t41"."seen") AS "looked_until"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t14"."thread",
              "t35"."seen"
            FROM (
              SELECT
                "t29"."page_id",
                "t29"."seen",
                "t29"."root"
              FROM (
                SELECT
                  "t22"."page_id",
                  "t22"."comment_id",
                  "t22"."seen",
                  "t17"."root"
                FROM (
                  SELECT
                    "t2"."page_id",
                    "t2"."comment_id",
                    MAX("t2"."seen") AS "seen"
                  FROM "sightings" AS "t2"
                  GROUP BY
                    1,
                    2
                ) AS "t22"
                INNER JOIN (
                  SELECT
                    "t0"."page_id",
                    "t0"."comment_id",
                    "t0"."thread_id" AS "root"
                  FROM "comments" AS "t0"
                ) AS "t17"
                  ON "t22"."page_id" = "t17"."page_id" AND "t22"."comment_id" = "t17"."comment_id"
              ) AS "t29"
            ) AS "t35"
            INNER JOIN (
              SELECT
                "t0"."page_id",
                "t0"."comment_id" AS "root",
                "t0"."record" AS "thread"
              FROM "comments" AS "t0"
              WHERE
                "t0"."top_level"
            ) AS "t14"
              ON "t35"."page_id" = "t14"."page_id" AND "t35"."root" = "t14"."root"
          ) AS "t40"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t15"."thread",
                "t28"."seen"
              FROM (
                SELECT
                  "t0"."page_id",
                  "t0"."post_id",
                  "t0"."record" AS "thread"
                FROM "comments" AS "t0"
                WHERE
                  "t0"."top_level"
              ) AS "t15"
              INNER JOIN (
                SELECT
                  "t19"."page_id",
                  "t19"."post_id",
                  MAX("t19"."seen") AS "seen"
                FROM (
                  SELECT
                    *
                  FROM "captures" AS "t3"
                  WHERE
                    "t3"."looked_at" = 'comments' AND "t3"."post_id" IS NOT NULL
                ) AS "t19"
                GROUP BY
                  1,
                  2
              ) AS "t28"
                ON "t15"."page_id" = "t28"."page_id" AND "t15"."post_id" = "t28"."post_id"
            ) AS "t36"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t30"."thread",
                "t30"."seen"
              FROM (
                SELECT
                  "t16"."page_id",
                  "t16"."published_at",
                  "t16"."thread",
                  "t23"."covers_from",
                  "t23"."seen"
                FROM (
                  SELECT
                    "t0"."page_id",
                    "t0"."published_at",
                    "t0"."record" AS "thread"
                  FROM "comments" AS "t0"
                  WHERE
                    "t0"."top_level"
                ) AS "t16"
                INNER JOIN (
                  SELECT
                    "t3"."page_id",
                    "t3"."covers_from",
                    "t3"."seen"
                  FROM "captures" AS "t3"
                  WHERE
                    "t3"."looked_at" = 'comments'
                    AND "t3"."post_id" IS NULL
                    AND "t3"."complete"
                    AND "t3"."covers_from" IS NOT NULL
                ) AS "t23"
                  ON "t16"."page_id" = "t23"."page_id"
              ) AS "t30"
              WHERE
                "t30"."covers_from" <= "t30"."published_at"
            ) AS "t37"
          ) AS "t38"
        ) AS "t41"
        GROUP BY
          1
      ) AS "t44"
        ON "t13"."record" = "t44"."thread"
      LEFT OUTER JOIN (
        SELECT
          "t25"."page_id",
          "t25"."person",
          "t25"."first_written"
        FROM (
          SELECT
            "t12"."page_id",
            "t12"."person",
            MIN("t12"."published_at") AS "first_written",
            COUNT(*) AS "CountStar()"
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
              "t0"."person"
            FROM "comments" AS "t0"
            WHERE
              "t0"."top_level" AND NOT (
                "t0"."by_page"
              ) AND "t0"."person" IS NOT NULL
          ) AS "t12"
          GROUP BY
            1,
            2
        ) AS "t25"
        WHERE
          "t25"."CountStar()" > 1
      ) AS "t32"
        ON "t13"."page_id" = "t32"."page_id" AND "t13"."person" = "t32"."person"
    ) AS "t48"
  ) AS "t49"
) AS "t50"
