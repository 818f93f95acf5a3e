SELECT
  `t26`.`page_id`,
  `t26`.`period`,
  SUM(CAST(`t26`.`n` > 0 AS INT)) AS `standard_m`,
  SUM(CAST(`t26`.`n` AS DOUBLE)) AS `standard_n`,
  SUM(CAST(`t26`.`k` AS DOUBLE)) AS `standard_k`,
  SUM(CAST(`t26`.`k` AS DOUBLE) * CAST(`t26`.`k` AS DOUBLE)) AS `standard_k_squared`,
  SUM(CAST(`t26`.`k` AS DOUBLE) * CAST(`t26`.`n` AS DOUBLE)) AS `standard_k_times_n`,
  SUM(CAST(`t26`.`n` AS DOUBLE) * CAST(`t26`.`n` AS DOUBLE)) AS `standard_n_squared`
FROM (
  SELECT
    `t25`.`page_id`,
    `t25`.`period`,
    `t25`.`cluster`,
    SUM(CAST((
      `t25`.`seen_day_number` - `t25`.`day_number`
    ) > 5 AS INT)) AS `n`,
    SUM(
      CAST((
        (
          `t25`.`seen_day_number` - `t25`.`day_number`
        ) > 5
      )
      AND `t25`.`answered`
      AND (
        (
          `t25`.`reply_day_number` - `t25`.`day_number`
        ) <= 5
      ) AS INT)
    ) AS `k`
  FROM (
    SELECT
      `t24`.`page_id`,
      `t24`.`period`,
      `t24`.`cluster`,
      `t24`.`answered`,
      `t24`.`day`,
      `t24`.`reply_day`,
      `t24`.`seen_day`,
      `t7`.`day` AS `day_right`,
      `t7`.`day_number`,
      `t8`.`reply_day` AS `reply_day_right`,
      `t8`.`reply_day_number`,
      `t9`.`seen_day` AS `seen_day_right`,
      `t9`.`seen_day_number`
    FROM (
      SELECT
        `t22`.`page_id`,
        `t22`.`period`,
        `t22`.`cluster`,
        `t22`.`answered`,
        `t22`.`day`,
        `t22`.`reply_day`,
        `t22`.`seen_day`
      FROM (
        SELECT
          `t21`.`page_id`,
          `t21`.`period`,
          `t21`.`cluster`,
          `t21`.`answered`,
          `t21`.`day`,
          `t21`.`seen_until`,
          `t21`.`reply_day`,
          `t21`.`clock`,
          CAST(`t21`.`clock` AS DATE) AS `seen_day`
        FROM (
          SELECT
            `t20`.`page_id`,
            `t20`.`period`,
            `t20`.`cluster`,
            `t20`.`answered`,
            `t20`.`day`,
            `t20`.`seen_until`,
            `t20`.`reply_day`,
            `t20`.`clock`
          FROM (
            SELECT
              `t19`.`page_id`,
              `t19`.`period`,
              `t19`.`cluster`,
              `t19`.`answered`,
              `t19`.`day`,
              `t19`.`seen_until`,
              `t19`.`reply_day`,
              `t19`.`zone`,
              CASE
                WHEN `t19`.`zone` = 'Asia/Almaty'
                THEN FROM_UTC_TIMESTAMP(`t19`.`seen_until`, 'Asia/Almaty')
                WHEN `t19`.`zone` = 'Asia/Oral'
                THEN FROM_UTC_TIMESTAMP(`t19`.`seen_until`, 'Asia/Oral')
                ELSE NULL
              END AS `clock`
            FROM (
              SELECT
                `t18`.`page_id`,
                `t18`.`period`,
                `t18`.`cluster`,
                `t18`.`answered`,
                `t18`.`day`,
                `t18`.`seen_until`,
                `t18`.`reply_day`,
                `t10`.`zone`
              FROM (
                SELECT
                  `t16`.`page_id`,
                  `t16`.`period`,
                  `t16`.`cluster`,
                  `t16`.`answered`,
                  `t16`.`day`,
                  `t16`.`seen_until`,
                  `t16`.`reply_day`
                FROM (
                  SELECT
                    `t15`.`page_id`,
                    `t15`.`period`,
                    `t15`.`cluster`,
                    `t15`.`answered`,
                    `t15`.`day`,
                    `t15`.`first_reply_at`,
                    `t15`.`seen_until`,
                    `t15`.`clock`,
                    CAST(`t15`.`clock` AS DATE) AS `reply_day`
                  FROM (
                    SELECT
                      `t14`.`page_id`,
                      `t14`.`period`,
                      `t14`.`cluster`,
                      `t14`.`answered`,
                      `t14`.`day`,
                      `t14`.`first_reply_at`,
                      `t14`.`seen_until`,
                      `t14`.`clock`
                    FROM (
                      SELECT
                        `t13`.`page_id`,
                        `t13`.`period`,
                        `t13`.`cluster`,
                        `t13`.`answered`,
                        `t13`.`day`,
                        `t13`.`first_reply_at`,
                        `t13`.`seen_until`,
                        `t13`.`zone`,
                        CASE
                          WHEN `t13`.`zone` = 'Asia/Almaty'
                          THEN FROM_UTC_TIMESTAMP(`t13`.`first_reply_at`, 'Asia/Almaty')
                          WHEN `t13`.`zone` = 'Asia/Oral'
                          THEN FROM_UTC_TIMESTAMP(`t13`.`first_reply_at`, 'Asia/Oral')
                          ELSE NULL
                        END AS `clock`
                      FROM (
                        SELECT
                          `t12`.`page_id`,
                          `t12`.`period`,
                          `t12`.`cluster`,
                          `t12`.`answered`,
                          `t12`.`day`,
                          `t12`.`first_reply_at`,
                          `t12`.`seen_until`,
                          `t10`.`zone`
                        FROM (
                          SELECT
                            `t2`.`page_id`,
                            CAST(DATE_TRUNC('month', CAST(`t2`.`day` AS TIMESTAMP)) AS DATE) AS `period`,
                            COALESCE(`t2`.`post_id`, `t2`.`comment_id`) AS `cluster`,
                            NOT (
                              `t2`.`by_page`
                            ) AND (
                              `t2`.`first_reply_at` IS NOT NULL
                            ) AS `answered`,
                            `t2`.`day`,
                            `t2`.`first_reply_at`,
                            `t2`.`seen_until`
                          FROM `threads` AS `t2`
                          WHERE
                            `t2`.`day` BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
                            AND (
                              NOT (
                                `t2`.`by_page`
                              )
                              AND NOT (
                                NOT (
                                  `t2`.`first_reply_at` IS NOT NULL
                                ) AND (
                                  `t2`.`unknown_replies` > 0
                                )
                              )
                            )
                        ) AS `t12`
                        INNER JOIN (
                          SELECT
                            `t1`.`page_id`,
                            `t1`.`zone`
                          FROM `pages` AS `t1`
                        ) AS `t10`
                          ON `t12`.`page_id` = `t10`.`page_id`
                      ) AS `t13`
                    ) AS `t14`
                  ) AS `t15`
                ) AS `t16`
              ) AS `t18`
              INNER JOIN (
                SELECT
                  `t1`.`page_id`,
                  `t1`.`zone`
                FROM `pages` AS `t1`
              ) AS `t10`
                ON `t18`.`page_id` = `t10`.`page_id`
            ) AS `t19`
          ) AS `t20`
        ) AS `t21`
      ) AS `t22`
    ) AS `t24`
    LEFT OUTER JOIN (
      SELECT
        `t0`.`workday` AS `day`,
        `t0`.`number` AS `day_number`
      FROM `working_days` AS `t0`
    ) AS `t7`
      ON `t24`.`day` = `t7`.`day`
    LEFT OUTER JOIN (
      SELECT
        `t0`.`workday` AS `reply_day`,
        `t0`.`number` AS `reply_day_number`
      FROM `working_days` AS `t0`
    ) AS `t8`
      ON `t24`.`reply_day` = `t8`.`reply_day`
    LEFT OUTER JOIN (
      SELECT
        `t0`.`workday` AS `seen_day`,
        `t0`.`number` AS `seen_day_number`
      FROM `working_days` AS `t0`
    ) AS `t9`
      ON `t24`.`seen_day` = `t9`.`seen_day`
  ) AS `t25`
  GROUP BY
    1,
    2,
    3
) AS `t26`
GROUP BY
  1,
  2
