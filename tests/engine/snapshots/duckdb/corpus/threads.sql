SELECT
  "t58".*
  EXCLUDE ("zone")
FROM (
  SELECT
    "t57"."page_id",
    "t57"."post_id",
    "t57"."comment_id",
    "t57"."published_at",
    "t57"."gone_between",
    "t57"."intake_batch",
    "t57"."intake_row",
    "t57"."record",
    "t57"."seen",
    "t57"."knows_parents",
    "t57"."day",
    "t57"."by_page",
    "t57"."person",
    "t57"."cluster",
    "t57"."first_reply_at",
    "t57"."replies",
    "t57"."inferred",
    "t57"."unknown_replies",
    "t57"."changes",
    "t57"."waiting_since",
    "t57"."seen_until",
    "t57"."first_time",
    "t57"."writer",
    "t57"."returns",
    "t57"."reply_hours",
    "t57"."removed_hours",
    "t57"."followed_hours",
    "t57"."zone",
    CAST(CASE
      WHEN "t57"."zone" = 'Asia/Almaty'
      THEN TIMEZONE('Asia/Almaty', "t57"."first_reply_at")
      WHEN "t57"."zone" = 'Asia/Oral'
      THEN TIMEZONE('Asia/Oral', "t57"."first_reply_at")
      ELSE NULL
    END AS DATE) AS "replied_on",
    CAST(CASE
      WHEN "t57"."zone" = 'Asia/Almaty'
      THEN TIMEZONE('Asia/Almaty', "t57"."seen_until")
      WHEN "t57"."zone" = 'Asia/Oral'
      THEN TIMEZONE('Asia/Oral', "t57"."seen_until")
      ELSE NULL
    END AS DATE) AS "seen_on"
  FROM (
    SELECT
      "t56"."page_id",
      "t56"."post_id",
      "t56"."comment_id",
      "t56"."published_at",
      "t56"."gone_between",
      "t56"."intake_batch",
      "t56"."intake_row",
      "t56"."record",
      "t56"."seen",
      "t56"."knows_parents",
      "t56"."day",
      "t56"."by_page",
      "t56"."person",
      "t56"."cluster",
      "t56"."first_reply_at",
      "t56"."replies",
      "t56"."inferred",
      "t56"."unknown_replies",
      "t56"."changes",
      "t56"."waiting_since",
      "t56"."seen_until",
      "t56"."first_time",
      "t56"."writer",
      "t56"."returns",
      "t56"."reply_hours",
      "t56"."removed_hours",
      "t56"."followed_hours",
      "t9"."zone"
    FROM (
      SELECT
        "t54"."page_id",
        "t54"."post_id",
        "t54"."comment_id",
        "t54"."published_at",
        "t54"."gone_between",
        "t54"."intake_batch",
        "t54"."intake_row",
        "t54"."record",
        "t54"."seen",
        "t54"."knows_parents",
        "t54"."day",
        "t54"."by_page",
        "t54"."person",
        "t54"."cluster",
        "t54"."first_reply_at",
        "t54"."replies",
        "t54"."inferred",
        "t54"."unknown_replies",
        "t54"."changes",
        "t54"."waiting_since",
        "t54"."seen_until",
        "t54"."first_time",
        "t54"."writer",
        "t54"."returns",
        "t54"."reply_hours",
        "t54"."removed_hours",
        "t54"."followed_hours"
      FROM (
        SELECT
          "t53"."page_id",
          "t53"."post_id",
          "t53"."comment_id",
          "t53"."published_at",
          "t53"."gone_between",
          "t53"."intake_batch",
          "t53"."intake_row",
          "t53"."record",
          "t53"."seen",
          "t53"."knows_parents",
          "t53"."day",
          "t53"."by_page",
          "t53"."person",
          "t53"."cluster",
          "t53"."thread",
          "t53"."replied_at",
          "t53"."replied",
          "t53"."unknown_replies",
          "t53"."nameless",
          "t53"."seen_below",
          "t53"."passed",
          "t53"."turned_at",
          "t53"."thread_22",
          "t53"."mentioned_at",
          "t53"."mentioned",
          "t53"."thread_25",
          "t53"."looked_until",
          "t53"."page_id_right",
          "t53"."person_right",
          "t53"."first_written",
          "t53"."first_record",
          "t53"."first_reply_at",
          "t53"."replies",
          "t53"."inferred",
          "t53"."seen_until",
          "t53"."first_time",
          "t53"."writer",
          "t53"."returns",
          "t53"."changes",
          "t53"."waiting_since",
          (
            EPOCH_US("t53"."first_reply_at") - EPOCH_US("t53"."published_at")
          ) / 3600000000 AS "reply_hours",
          CASE
            WHEN (
              (
                (
                  (
                    EPOCH_US("t53"."gone_between"."seen") - EPOCH_US("t53"."published_at")
                  ) / 3600000000
                ) + (
                  (
                    EPOCH_US("t53"."gone_between"."missed") - EPOCH_US("t53"."published_at")
                  ) / 3600000000
                )
              ) / 2
            ) < 0
            THEN 0.0
            ELSE (
              (
                (
                  EPOCH_US("t53"."gone_between"."seen") - EPOCH_US("t53"."published_at")
                ) / 3600000000
              ) + (
                (
                  EPOCH_US("t53"."gone_between"."missed") - EPOCH_US("t53"."published_at")
                ) / 3600000000
              )
            ) / 2
          END AS "removed_hours",
          GREATEST(
            (
              EPOCH_US("t53"."seen_until") - EPOCH_US("t53"."published_at")
            ) / 3600000000,
            0.0
          ) AS "followed_hours"
        FROM (
          SELECT
            "t52"."page_id",
            "t52"."post_id",
            "t52"."comment_id",
            "t52"."published_at",
            "t52"."gone_between",
            "t52"."intake_batch",
            "t52"."intake_row",
            "t52"."record",
            "t52"."seen",
            "t52"."knows_parents",
            "t52"."day",
            "t52"."by_page",
            "t52"."person",
            "t52"."cluster",
            "t52"."thread",
            "t52"."replied_at",
            "t52"."replied",
            COALESCE("t52"."unknown_replies", 0) AS "unknown_replies",
            COALESCE("t52"."nameless", 0) AS "nameless",
            "t52"."seen_below",
            "t52"."passed",
            "t52"."turned_at",
            "t52"."thread_22",
            "t52"."mentioned_at",
            "t52"."mentioned",
            "t52"."thread_25",
            "t52"."looked_until",
            "t52"."page_id_right",
            "t52"."person_right",
            "t52"."first_written",
            "t52"."first_record",
            COALESCE("t52"."replied_at", "t52"."mentioned_at") AS "first_reply_at",
            COALESCE("t52"."replied", 0) + COALESCE("t52"."mentioned", 0) AS "replies",
            "t52"."mentioned_at" IS NOT NULL AS "inferred",
            GREATEST(
              "t52"."seen",
              COALESCE("t52"."seen_below", "t52"."seen"),
              COALESCE("t52"."looked_until", "t52"."seen")
            ) AS "seen_until",
            COALESCE(
              "t52"."published_at" = "t52"."first_written",
              NOT (
                "t52"."by_page"
              ) AND (
                "t52"."person" IS NOT NULL
              )
            ) AS "first_time",
            CASE
              WHEN "t52"."person" IS NOT NULL
              THEN COALESCE("t52"."first_record", "t52"."record")
              ELSE CAST(NULL AS BIGINT)
            END AS "writer",
            "t52"."first_record" IS NOT NULL AS "returns",
            CASE
              WHEN COALESCE("t52"."unknown_replies", 0) > 0
              THEN CAST(NULL AS BIGINT)
              WHEN COALESCE("t52"."replied_at", "t52"."mentioned_at") IS NULL
              THEN 0
              WHEN COALESCE("t52"."nameless", 0) > 0
              THEN CAST(NULL AS BIGINT)
              WHEN "t52"."mentioned_at" IS NOT NULL
              THEN 1
              ELSE "t52"."passed"
            END AS "changes",
            CASE
              WHEN (
                COALESCE("t52"."replied_at", "t52"."mentioned_at") IS NULL
              )
              AND (
                COALESCE("t52"."unknown_replies", 0) = 0
              )
              THEN "t52"."published_at"
              WHEN (
                CASE
                  WHEN COALESCE("t52"."unknown_replies", 0) > 0
                  THEN CAST(NULL AS BIGINT)
                  WHEN COALESCE("t52"."replied_at", "t52"."mentioned_at") IS NULL
                  THEN 0
                  WHEN COALESCE("t52"."nameless", 0) > 0
                  THEN CAST(NULL AS BIGINT)
                  WHEN "t52"."mentioned_at" IS NOT NULL
                  THEN 1
                  ELSE "t52"."passed"
                END % 2
              ) = 0
              THEN "t52"."turned_at"
              ELSE NULL
            END AS "waiting_since"
          FROM (
            SELECT
              "t18"."page_id",
              "t18"."post_id",
              "t18"."comment_id",
              "t18"."published_at",
              "t18"."gone_between",
              "t18"."intake_batch",
              "t18"."intake_row",
              "t18"."record",
              "t18"."seen",
              "t18"."knows_parents",
              "t18"."day",
              "t18"."by_page",
              "t18"."person",
              "t18"."cluster",
              "t5"."thread",
              "t5"."replied_at",
              "t5"."replied",
              "t5"."unknown_replies",
              "t5"."nameless",
              "t5"."seen_below",
              "t5"."passed",
              "t5"."turned_at",
              "t51"."thread" AS "thread_22",
              "t51"."mentioned_at",
              "t51"."mentioned",
              "t48"."thread" AS "thread_25",
              "t48"."looked_until",
              "t41"."page_id" AS "page_id_right",
              "t41"."person" AS "person_right",
              "t41"."first_written",
              "t41"."first_record"
            FROM (
              SELECT
                "t8".*
                EXCLUDE ("knows_authors", "likes", "mentions", "parent_id", "thread_id", "top_level")
              FROM (
                SELECT
                  *
                FROM "comments" AS "t2"
                WHERE
                  "t2"."top_level"
              ) AS "t8"
            ) AS "t18"
            LEFT OUTER JOIN "answers" AS "t5"
              ON "t18"."record" = "t5"."thread"
            LEFT OUTER JOIN (
              SELECT
                "t49"."thread",
                MIN("t49"."reply_at") AS "mentioned_at",
                COUNT(*) AS "mentioned"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t42"."page_id",
                    "t42"."post_id",
                    "t42"."published_at",
                    "t42"."person",
                    "t42"."thread",
                    "t42"."reply_id",
                    "t42"."reply_at",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t42"."page_id", "t42"."reply_id", "t42"."person"
                      ORDER BY "t42"."published_at" DESC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t17"."page_id",
                        "t17"."post_id",
                        "t17"."published_at",
                        "t17"."person",
                        "t17"."thread",
                        "t30"."reply_id",
                        "t30"."reply_at"
                      FROM (
                        SELECT
                          "t2"."page_id",
                          "t2"."post_id",
                          "t2"."published_at",
                          "t2"."person",
                          "t2"."record" AS "thread"
                        FROM "comments" AS "t2"
                        WHERE
                          NOT (
                            "t2"."knows_parents"
                          ) AND "t2"."top_level" AND NOT (
                            "t2"."by_page"
                          )
                      ) AS "t17"
                      INNER JOIN (
                        SELECT
                          "t11"."page_id",
                          "t11"."post_id",
                          "t11"."comment_id" AS "reply_id",
                          "t11"."published_at" AS "reply_at",
                          UNNEST("t11"."mentions") AS "person"
                        FROM (
                          SELECT
                            *
                          FROM "comments" AS "t2"
                          WHERE
                            NOT (
                              "t2"."knows_parents"
                            ) AND "t2"."by_page"
                        ) AS "t11"
                      ) AS "t30"
                        ON "t17"."page_id" = "t30"."page_id"
                        AND "t17"."post_id" = "t30"."post_id"
                        AND "t17"."person" = "t30"."person"
                    ) AS "t36"
                    WHERE
                      "t36"."published_at" < "t36"."reply_at"
                  ) AS "t42"
                ) AS "t46"
                WHERE
                  "t46"."place" = 0
              ) AS "t49"
              GROUP BY
                1
            ) AS "t51"
              ON "t18"."record" = "t51"."thread"
            LEFT OUTER JOIN (
              SELECT
                "t45"."thread",
                MAX("t45"."seen") AS "looked_until"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t25"."thread",
                    "t37"."seen"
                  FROM (
                    SELECT
                      "t32"."page_id",
                      "t32"."seen",
                      "t32"."root"
                    FROM (
                      SELECT
                        "t19"."page_id",
                        "t19"."comment_id",
                        "t19"."seen",
                        "t10"."root"
                      FROM (
                        SELECT
                          "t3"."page_id",
                          "t3"."comment_id",
                          MAX("t3"."seen") AS "seen"
                        FROM "sightings" AS "t3"
                        GROUP BY
                          1,
                          2
                      ) AS "t19"
                      INNER JOIN (
                        SELECT
                          "t2"."page_id",
                          "t2"."comment_id",
                          "t2"."thread_id" AS "root"
                        FROM "comments" AS "t2"
                      ) AS "t10"
                        ON "t19"."page_id" = "t10"."page_id" AND "t19"."comment_id" = "t10"."comment_id"
                    ) AS "t32"
                  ) AS "t37"
                  INNER JOIN (
                    SELECT
                      "t13"."page_id",
                      "t13"."comment_id" AS "root",
                      "t13"."record" AS "thread"
                    FROM (
                      SELECT
                        "t8".*
                        EXCLUDE ("knows_authors", "likes", "mentions", "parent_id", "thread_id", "top_level")
                      FROM (
                        SELECT
                          *
                        FROM "comments" AS "t2"
                        WHERE
                          "t2"."top_level"
                      ) AS "t8"
                    ) AS "t13"
                  ) AS "t25"
                    ON "t37"."page_id" = "t25"."page_id" AND "t37"."root" = "t25"."root"
                ) AS "t44"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t26"."thread",
                      "t31"."seen"
                    FROM (
                      SELECT
                        "t13"."page_id",
                        "t13"."post_id",
                        "t13"."record" AS "thread"
                      FROM (
                        SELECT
                          "t8".*
                          EXCLUDE ("knows_authors", "likes", "mentions", "parent_id", "thread_id", "top_level")
                        FROM (
                          SELECT
                            *
                          FROM "comments" AS "t2"
                          WHERE
                            "t2"."top_level"
                        ) AS "t8"
                      ) AS "t13"
                    ) AS "t26"
                    INNER JOIN (
                      SELECT
                        "t15"."page_id",
                        "t15"."post_id",
                        MAX("t15"."seen") AS "seen"
                      FROM (
                        SELECT
                          *
                        FROM "captures" AS "t4"
                        WHERE
                          "t4"."looked_at" = 'comments' AND "t4"."post_id" IS NOT NULL
                      ) AS "t15"
                      GROUP BY
                        1,
                        2
                    ) AS "t31"
                      ON "t26"."page_id" = "t31"."page_id" AND "t26"."post_id" = "t31"."post_id"
                  ) AS "t38"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t34"."thread",
                      "t34"."seen"
                    FROM (
                      SELECT
                        "t27"."page_id",
                        "t27"."published_at",
                        "t27"."thread",
                        "t20"."covers_from",
                        "t20"."seen"
                      FROM (
                        SELECT
                          "t13"."page_id",
                          "t13"."published_at",
                          "t13"."record" AS "thread"
                        FROM (
                          SELECT
                            "t8".*
                            EXCLUDE ("knows_authors", "likes", "mentions", "parent_id", "thread_id", "top_level")
                          FROM (
                            SELECT
                              *
                            FROM "comments" AS "t2"
                            WHERE
                              "t2"."top_level"
                          ) AS "t8"
                        ) AS "t13"
                      ) AS "t27"
                      INNER JOIN (
                        SELECT
                          "t4"."page_id",
                          "t4"."covers_from",
                          "t4"."seen"
                        FROM "captures" AS "t4"
                        WHERE
                          "t4"."looked_at" = 'comments'
                          AND "t4"."post_id" IS NULL
                          AND "t4"."complete"
                          AND "t4"."covers_from" IS NOT NULL
                      ) AS "t20"
                        ON "t27"."page_id" = "t20"."page_id"
                    ) AS "t34"
                    WHERE
                      "t34"."covers_from" <= "t34"."published_at"
                  ) AS "t40"
                ) AS "t43"
              ) AS "t45"
              GROUP BY
                1
            ) AS "t48"
              ON "t18"."record" = "t48"."thread"
            LEFT OUTER JOIN (
              SELECT
                "t33"."page_id",
                "t33"."person",
                "t33"."first_written",
                "t33"."first_record"
              FROM (
                SELECT
                  "t28"."page_id",
                  "t28"."person",
                  MIN("t28"."published_at") AS "first_written",
                  MIN("t28"."record") AS "first_record",
                  COUNT(*) AS "CountStar()"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t8".*
                      EXCLUDE ("knows_authors", "likes", "mentions", "parent_id", "thread_id", "top_level")
                    FROM (
                      SELECT
                        *
                      FROM "comments" AS "t2"
                      WHERE
                        "t2"."top_level"
                    ) AS "t8"
                  ) AS "t13"
                  WHERE
                    NOT (
                      "t13"."by_page"
                    ) AND "t13"."person" IS NOT NULL
                ) AS "t28"
                GROUP BY
                  1,
                  2
              ) AS "t33"
              WHERE
                "t33"."CountStar()" > 1
            ) AS "t41"
              ON "t18"."page_id" = "t41"."page_id" AND "t18"."person" = "t41"."person"
          ) AS "t52"
        ) AS "t53"
      ) AS "t54"
    ) AS "t56"
    INNER JOIN (
      SELECT
        "t0"."page_id",
        "t0"."zone"
      FROM "pages" AS "t0"
    ) AS "t9"
      ON "t56"."page_id" = "t9"."page_id"
  ) AS "t57"
) AS "t58"
