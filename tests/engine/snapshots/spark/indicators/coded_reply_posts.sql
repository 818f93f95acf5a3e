SELECT
  `t7`.`page_id`,
  `t7`.`period`,
  SUM(CAST(`t7`.`n_substantive` > 0 AS INT)) AS `substantive_m`,
  SUM(CAST(`t7`.`n_substantive` AS DOUBLE)) AS `substantive_n`,
  SUM(`t7`.`k_substantive`) AS `substantive_k`,
  SUM(`t7`.`k_substantive` * `t7`.`k_substantive`) AS `substantive_k_squared`,
  SUM(`t7`.`k_substantive` * CAST(`t7`.`n_substantive` AS DOUBLE)) AS `substantive_k_times_n`,
  SUM(CAST(`t7`.`n_substantive` AS DOUBLE) * CAST(`t7`.`n_substantive` AS DOUBLE)) AS `substantive_n_squared`,
  SUM(`t7`.`open_substantive`) AS `substantive_open`,
  SUM(CAST(`t7`.`n_referral` > 0 AS INT)) AS `referral_m`,
  SUM(CAST(`t7`.`n_referral` AS DOUBLE)) AS `referral_n`,
  SUM(`t7`.`k_referral`) AS `referral_k`,
  SUM(`t7`.`k_referral` * `t7`.`k_referral`) AS `referral_k_squared`,
  SUM(`t7`.`k_referral` * CAST(`t7`.`n_referral` AS DOUBLE)) AS `referral_k_times_n`,
  SUM(CAST(`t7`.`n_referral` AS DOUBLE) * CAST(`t7`.`n_referral` AS DOUBLE)) AS `referral_n_squared`,
  SUM(`t7`.`open_referral`) AS `referral_open`,
  SUM(CAST(`t7`.`n_deferral` > 0 AS INT)) AS `deferral_m`,
  SUM(CAST(`t7`.`n_deferral` AS DOUBLE)) AS `deferral_n`,
  SUM(`t7`.`k_deferral`) AS `deferral_k`,
  SUM(`t7`.`k_deferral` * `t7`.`k_deferral`) AS `deferral_k_squared`,
  SUM(`t7`.`k_deferral` * CAST(`t7`.`n_deferral` AS DOUBLE)) AS `deferral_k_times_n`,
  SUM(CAST(`t7`.`n_deferral` AS DOUBLE) * CAST(`t7`.`n_deferral` AS DOUBLE)) AS `deferral_n_squared`,
  SUM(`t7`.`open_deferral`) AS `deferral_open`,
  SUM(CAST(`t7`.`n_acknowledgement` > 0 AS INT)) AS `acknowledgement_m`,
  SUM(CAST(`t7`.`n_acknowledgement` AS DOUBLE)) AS `acknowledgement_n`,
  SUM(`t7`.`k_acknowledgement`) AS `acknowledgement_k`,
  SUM(`t7`.`k_acknowledgement` * `t7`.`k_acknowledgement`) AS `acknowledgement_k_squared`,
  SUM(`t7`.`k_acknowledgement` * CAST(`t7`.`n_acknowledgement` AS DOUBLE)) AS `acknowledgement_k_times_n`,
  SUM(
    CAST(`t7`.`n_acknowledgement` AS DOUBLE) * CAST(`t7`.`n_acknowledgement` AS DOUBLE)
  ) AS `acknowledgement_n_squared`,
  SUM(`t7`.`open_acknowledgement`) AS `acknowledgement_open`,
  SUM(CAST(`t7`.`n_closed_loop` > 0 AS INT)) AS `closed_loop_m`,
  SUM(CAST(`t7`.`n_closed_loop` AS DOUBLE)) AS `closed_loop_n`,
  SUM(`t7`.`k_closed_loop`) AS `closed_loop_k`,
  SUM(`t7`.`k_closed_loop` * `t7`.`k_closed_loop`) AS `closed_loop_k_squared`,
  SUM(`t7`.`k_closed_loop` * CAST(`t7`.`n_closed_loop` AS DOUBLE)) AS `closed_loop_k_times_n`,
  SUM(CAST(`t7`.`n_closed_loop` AS DOUBLE) * CAST(`t7`.`n_closed_loop` AS DOUBLE)) AS `closed_loop_n_squared`,
  SUM(`t7`.`open_closed_loop`) AS `closed_loop_open`
FROM (
  SELECT
    `t6`.`page_id`,
    `t6`.`period`,
    `t6`.`cluster`,
    SUM(`t6`.`n_substantive`) AS `n_substantive`,
    SUM(`t6`.`k_substantive`) AS `k_substantive`,
    SUM(`t6`.`open_substantive`) AS `open_substantive`,
    SUM(`t6`.`n_referral`) AS `n_referral`,
    SUM(`t6`.`k_referral`) AS `k_referral`,
    SUM(`t6`.`open_referral`) AS `open_referral`,
    SUM(`t6`.`n_deferral`) AS `n_deferral`,
    SUM(`t6`.`k_deferral`) AS `k_deferral`,
    SUM(`t6`.`open_deferral`) AS `open_deferral`,
    SUM(`t6`.`n_acknowledgement`) AS `n_acknowledgement`,
    SUM(`t6`.`k_acknowledgement`) AS `k_acknowledgement`,
    SUM(`t6`.`open_acknowledgement`) AS `open_acknowledgement`,
    SUM(`t6`.`n_closed_loop`) AS `n_closed_loop`,
    SUM(`t6`.`k_closed_loop`) AS `k_closed_loop`,
    SUM(`t6`.`open_closed_loop`) AS `open_closed_loop`
  FROM (
    SELECT
      `t3`.`page_id`,
      `t3`.`post_id`,
      `t3`.`comment_id`,
      `t3`.`parent_id`,
      `t3`.`thread_id`,
      `t3`.`mentions`,
      `t3`.`published_at`,
      `t3`.`likes`,
      `t3`.`gone_between`,
      `t3`.`intake_batch`,
      `t3`.`intake_row`,
      `t3`.`record`,
      `t3`.`seen`,
      `t3`.`knows_authors`,
      `t3`.`knows_parents`,
      `t3`.`day`,
      `t3`.`by_page`,
      `t3`.`top_level`,
      `t3`.`person`,
      `t3`.`cluster`,
      `t3`.`period`,
      `t5`.`n_substantive`,
      `t5`.`k_substantive`,
      `t5`.`open_substantive`,
      `t5`.`n_referral`,
      `t5`.`k_referral`,
      `t5`.`open_referral`,
      `t5`.`n_deferral`,
      `t5`.`k_deferral`,
      `t5`.`open_deferral`,
      `t5`.`n_acknowledgement`,
      `t5`.`k_acknowledgement`,
      `t5`.`open_acknowledgement`,
      `t5`.`n_closed_loop`,
      `t5`.`k_closed_loop`,
      `t5`.`open_closed_loop`
    FROM (
      SELECT
        `t0`.`page_id`,
        `t0`.`post_id`,
        `t0`.`comment_id`,
        `t0`.`parent_id`,
        `t0`.`thread_id`,
        `t0`.`mentions`,
        `t0`.`published_at`,
        `t0`.`likes`,
        `t0`.`gone_between`,
        `t0`.`intake_batch`,
        `t0`.`intake_row`,
        `t0`.`record`,
        `t0`.`seen`,
        `t0`.`knows_authors`,
        `t0`.`knows_parents`,
        `t0`.`day`,
        `t0`.`by_page`,
        `t0`.`top_level`,
        `t0`.`person`,
        `t0`.`cluster`,
        CAST(DATE_TRUNC('month', CAST(`t0`.`day` AS TIMESTAMP)) AS DATE) AS `period`
      FROM `comments` AS `t0`
      WHERE
        `t0`.`day` BETWEEN MAKE_DATE(2024, 1, 20) AND MAKE_DATE(2024, 3, 20)
        AND `t0`.`by_page`
        AND (
          NOT (
            `t0`.`top_level`
          ) OR NOT (
            `t0`.`knows_parents`
          )
        )
    ) AS `t3`
    INNER JOIN (
      SELECT
        `t1`.`page_id`,
        `t1`.`id` AS `comment_id`,
        CAST(COALESCE(
          `t1`.`substantive` IS NOT NULL
          AND NOT ISNAN(`t1`.`substantive`)
          AND NOT (
            ISNAN(`t1`.`substantive`)
          ),
          FALSE
        ) AS BIGINT) AS `n_substantive`,
        COALESCE(
          IF(
            `t1`.`substantive` IS NOT NULL
            AND NOT ISNAN(`t1`.`substantive`)
            AND NOT (
              ISNAN(`t1`.`substantive`)
            ),
            `t1`.`substantive`,
            0.0
          ),
          0.0
        ) AS `k_substantive`,
        CAST(COALESCE(ISNAN(`t1`.`substantive`), FALSE) AS BIGINT) AS `open_substantive`,
        CAST(COALESCE(
          `t1`.`referral` IS NOT NULL
          AND NOT ISNAN(`t1`.`referral`)
          AND NOT (
            ISNAN(`t1`.`referral`)
          ),
          FALSE
        ) AS BIGINT) AS `n_referral`,
        COALESCE(
          IF(
            `t1`.`referral` IS NOT NULL
            AND NOT ISNAN(`t1`.`referral`)
            AND NOT (
              ISNAN(`t1`.`referral`)
            ),
            `t1`.`referral`,
            0.0
          ),
          0.0
        ) AS `k_referral`,
        CAST(COALESCE(ISNAN(`t1`.`referral`), FALSE) AS BIGINT) AS `open_referral`,
        CAST(COALESCE(
          `t1`.`deferral` IS NOT NULL
          AND NOT ISNAN(`t1`.`deferral`)
          AND NOT (
            ISNAN(`t1`.`deferral`)
          ),
          FALSE
        ) AS BIGINT) AS `n_deferral`,
        COALESCE(
          IF(
            `t1`.`deferral` IS NOT NULL
            AND NOT ISNAN(`t1`.`deferral`)
            AND NOT (
              ISNAN(`t1`.`deferral`)
            ),
            `t1`.`deferral`,
            0.0
          ),
          0.0
        ) AS `k_deferral`,
        CAST(COALESCE(ISNAN(`t1`.`deferral`), FALSE) AS BIGINT) AS `open_deferral`,
        CAST(COALESCE(
          `t1`.`acknowledgement` IS NOT NULL
          AND NOT ISNAN(`t1`.`acknowledgement`)
          AND NOT (
            ISNAN(`t1`.`acknowledgement`)
          ),
          FALSE
        ) AS BIGINT) AS `n_acknowledgement`,
        COALESCE(
          IF(
            `t1`.`acknowledgement` IS NOT NULL
            AND NOT ISNAN(`t1`.`acknowledgement`)
            AND NOT (
              ISNAN(`t1`.`acknowledgement`)
            ),
            `t1`.`acknowledgement`,
            0.0
          ),
          0.0
        ) AS `k_acknowledgement`,
        CAST(COALESCE(ISNAN(`t1`.`acknowledgement`), FALSE) AS BIGINT) AS `open_acknowledgement`,
        CAST(COALESCE(
          `t1`.`closed_loop` IS NOT NULL
          AND NOT ISNAN(`t1`.`closed_loop`)
          AND NOT (
            ISNAN(`t1`.`closed_loop`)
          ),
          FALSE
        ) AS BIGINT) AS `n_closed_loop`,
        COALESCE(
          IF(
            `t1`.`closed_loop` IS NOT NULL
            AND NOT ISNAN(`t1`.`closed_loop`)
            AND NOT (
              ISNAN(`t1`.`closed_loop`)
            ),
            `t1`.`closed_loop`,
            0.0
          ),
          0.0
        ) AS `k_closed_loop`,
        CAST(COALESCE(ISNAN(`t1`.`closed_loop`), FALSE) AS BIGINT) AS `open_closed_loop`
      FROM `coded_replies` AS `t1`
    ) AS `t5`
      ON `t3`.`page_id` = `t5`.`page_id` AND `t3`.`comment_id` = `t5`.`comment_id`
  ) AS `t6`
  GROUP BY
    1,
    2,
    3
) AS `t7`
GROUP BY
  1,
  2
